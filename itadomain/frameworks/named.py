"""Where a fact stands that is told with its source: the site or paper behind its short name in docs/sources.md."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

SITES: Mapping[str, str] = MappingProxyType(
    {
        "bkkpost2020": "bangkokpost.com",
        "gh42100319361": "github.com",
        "itas1089": "itas.nacc.go.th",
        "itas2862": "itas.nacc.go.th",
        "nakhu2564": "nakhulocal.go.th",
        "nation2022": "nationthailand.com",
        "nation2023": "nationthailand.com",
        "nation2025": "nationthailand.com",
        "paper000": "อบต.ท้ายเหมือง 2565",
        "paper001": "อบต.ยอดแกง 2567",
        "paper002": "อบต.ศรีค้ำ 2565",
        "paper004": "อบต.หนองเมือง 2564",
        "recorder2024": "thailandrecorder.com",
        "roiet2562": "roietmunicipal.go.th",
        "spvc2564": "คู่มือวิทยาลัยอาชีวศึกษา 2564",
        "tna2024": "tna.mcot.net",
        "tslocal2565": "ts-local.com",
        "wangtakro2564": "wangtakro.go.th",
    }
)


def sites(source: str) -> Sequence[str]:
    """The sites of the sources that a text names, each once; what is none of them stands for itself."""
    return list(dict.fromkeys(SITES.get(one, one) for one in source.split(", ") if one))
