"""What outsiders were asked in 2566, as far as an agency's paper of that year prints it: eight of fifteen.

The scales follow from how the wordings end; what their steps were worth in 2566 was not found, and is taken to be what
it was in 2564.
"""

from itadomain.frameworks.shape import Confidence, Instrument
from itadomain.surveys.known.common import Asking, Known
from itadomain.surveys.survey import Kind

_EIT = Asking(Instrument.EIT, Confidence.MEDIUM, "paper001")

KNOWN = Known(
    Kind.OUTSIDERS,
    since=2566,
    told_of=2566,
    items=(
        _EIT.level(
            "E5",
            6,
            "หน่วยงานมีการทำงาน หรือโครงการต่าง ๆ เพื่อให้เกิดประโยชน์แก่ประชาชนและส่วนรวม มากน้อยเพียงใด",
            "How far does the agency have work or projects for the good of the people and of the public?",
        ),
        _EIT.level(
            "E9",
            7,
            "หน่วยงานสามารถสื่อสาร ตอบข้อซักถาม หรือให้คำอธิบาย แก่ท่านได้อย่างชัดเจน มากน้อยเพียงใด",
            "How clearly can the agency communicate with you, answer your questions or explain things to you?",
        ),
        _EIT.whether(
            "E10",
            7,
            "หน่วยงานมีช่องทางที่ท่านสามารถแจ้งให้ข้อมูล หรือร้องเรียน ในกรณีที่ท่านพบว่ามีเจ้าหน้าที่มีการเรียกรับสินบนหรือทุจริตต่อหน้าที่ หรือไม่",
            "Is there a way for you to inform the agency or to complain if you find that staff ask for bribes "
            "or are corrupt in their duties?",
        ),
        _EIT.level(
            "E11",
            8,
            "การปฏิบัติงานหรือการให้บริการของเจ้าหน้าที่ ดีขึ้นกว่าที่ผ่านมา มากน้อยเพียงใด",
            "How far are the work and the service of the staff better than before?",
        ),
        _EIT.level(
            "E12",
            8,
            "วิธีการขั้นตอนการปฏิบัติหรือการให้บริการ สะดวก รวดเร็วขึ้นกว่าที่ผ่านมา มากน้อยเพียงใด",
            "How far are the ways and steps of its work or services easier and faster than before?",
        ),
        _EIT.whether(
            "E13",
            8,
            "หน่วยงานมีระบบการให้บริการออนไลน์หรือไม่",
            "Does the agency have a system of online services?",
        ),
        _EIT.level(
            "E14",
            8,
            "หน่วยงานเปิดโอกาสให้บุคคลภายนอกได้เข้าไปมีส่วนร่วมปรับปรุงพัฒนาการดำเนินงานให้ดีขึ้น มากน้อยเพียงใด",
            "How far can people from outside take part in making the agency's work better?",
        ),
        _EIT.level(
            "E15",
            8,
            "หน่วยงานมีการปรับปรุงองค์กรให้มีความโปร่งใสมากขึ้น มากน้อยเพียงใด",
            "How far has the agency made itself more transparent?",
        ),
    ),
    missing=("E1", "E2", "E3", "E4", "E6", "E7", "E8"),
)
