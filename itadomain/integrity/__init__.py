"""The channel for corruption (แจ้งเบาะแสทุจริต), apart from that of complaints: what is disclosed, and who may read it."""
