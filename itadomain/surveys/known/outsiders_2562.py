"""What outsiders were asked from 2562 to 2565, in words of our own: E1 to E15 of the form were not found.

Which number belongs to which indicator, and what each is about, several papers agree on. So these are the agency's own
questions on the same subjects, and count for nothing, until an administrator has compared them with the form.
"""

from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.surveys.known.common import Asking, Known
from itadomain.surveys.survey import Kind

_EIT = Asking(Instrument.EIT, Confidence.MEMORY, "nakhu2564, paper000, paper002")

KNOWN = Known(
    Kind.OUTSIDERS,
    since=2562,
    told_of=None,
    items=(
        _EIT.level(
            "E1",
            6,
            "เจ้าหน้าที่ที่ท่านติดต่อ ทำงานหรือให้บริการท่านในเรื่องต่อไปนี้มากน้อยเพียงใด",
            "How far did the staff you dealt with do the following in their work for you?",
            Name("ทำตามขั้นตอนที่ประกาศไว้", "Kept to the steps that were announced"),
            Name("เสร็จภายในเวลาที่ประกาศไว้", "Finished in the time that was announced"),
        ),
        _EIT.level(
            "E2",
            6,
            "เจ้าหน้าที่ให้บริการท่านกับคนอื่นอย่างเท่าเทียมกันมากน้อยเพียงใด",
            "How far did the staff treat you and others alike?",
        ),
        _EIT.level(
            "E3",
            6,
            "เจ้าหน้าที่ให้ข้อมูลแก่ท่านอย่างตรงไปตรงมา ไม่ปิดบัง ไม่บิดเบือน มากน้อยเพียงใด",
            "How far did the staff inform you openly, hiding and twisting nothing?",
        ),
        _EIT.whether(
            "E4",
            6,
            "ในรอบหนึ่งปีที่ผ่านมา มีเจ้าหน้าที่ขอสิ่งต่อไปนี้จากท่าน เพื่อแลกกับการอนุมัติ อนุญาต หรือให้บริการ หรือไม่",
            "In the past year, did any of the staff ask you for the following in return for an approval or a service?",
            Name("เงิน", "Money"),
            Name("ทรัพย์สินหรือสิ่งของ", "Belongings or goods"),
            Name("ประโยชน์อื่นที่ตีค่าเป็นเงินได้", "Other benefits that are worth money"),
            bad=True,
        ),
        _EIT.level(
            "E5",
            6,
            "หน่วยงานทำงานโดยเห็นแก่ประโยชน์ของประชาชนและส่วนรวมเป็นหลักมากน้อยเพียงใด",
            "How far does the agency put the good of the people and of the public first?",
        ),
        _EIT.level(
            "E6",
            7,
            "ข้อมูลที่หน่วยงานเผยแพร่เป็นดังต่อไปนี้มากน้อยเพียงใด",
            "How far is the following true of what the agency publishes?",
            Name("หาได้ง่าย ไม่ซับซ้อน", "Easy to find, not complicated"),
            Name("มีหลายช่องทาง", "To be had in several ways"),
        ),
        _EIT.level(
            "E7",
            7,
            "หน่วยงานเผยแพร่ผลงานและข้อมูลที่ประชาชนควรรู้อย่างชัดเจนมากน้อยเพียงใด",
            "How clearly does the agency publish its results and what the public should know?",
        ),
        _EIT.whether(
            "E8",
            7,
            "หน่วยงานมีช่องทางให้ท่านติชมหรือแสดงความเห็นเกี่ยวกับงานหรือบริการ หรือไม่",
            "Is there a way for you to praise, to criticise or to say what you think of its work or services?",
        ),
        _EIT.level(
            "E9",
            7,
            "เมื่อท่านสงสัยหรือกังวล หน่วยงานชี้แจงและตอบคำถามได้ชัดเจนมากน้อยเพียงใด",
            "When you are in doubt or worried, how clearly does the agency explain and answer?",
        ),
        _EIT.whether(
            "E10",
            7,
            "หน่วยงานมีช่องทางให้ท่านร้องเรียนการทุจริตของเจ้าหน้าที่ หรือไม่",
            "Is there a way for you to report corruption among the staff?",
        ),
        _EIT.level(
            "E11",
            8,
            "การทำงานและการให้บริการของเจ้าหน้าที่มีคุณภาพดีขึ้นมากน้อยเพียงใด",
            "How far has the quality of the staff's work and service improved?",
        ),
        _EIT.level(
            "E12",
            8,
            "วิธีการและขั้นตอนการทำงานหรือให้บริการดีขึ้นมากน้อยเพียงใด",
            "How far have the ways and steps of its work or services improved?",
        ),
        _EIT.whether(
            "E13",
            8,
            "หน่วยงานนำเทคโนโลยีมาใช้ให้งานหรือบริการสะดวกและเร็วขึ้น หรือไม่",
            "Does the agency use technology to make its work or services easier and faster?",
        ),
        _EIT.level(
            "E14",
            8,
            "หน่วยงานเปิดโอกาสให้ผู้รับบริการและผู้เกี่ยวข้องร่วมปรับปรุงงานหรือบริการมากน้อยเพียงใด",
            "How far can users and others concerned take part in improving its work or services?",
        ),
        _EIT.level(
            "E15",
            8,
            "หน่วยงานปรับปรุงงานหรือบริการให้โปร่งใสขึ้นมากน้อยเพียงใด",
            "How far has the agency made its work or services more transparent?",
        ),
    ),
)
