"""What insiders were asked in 2566, as far as an agency's paper of that year prints it: four questions.

I4 and I8 stand in its text as «14» and «18»: read as what such a mark can only be, and about what their indicators are
about. A fifth, on the code of ethics, is printed with a number that cannot be read, so that nobody can say where it
belongs.
"""

from itadomain.frameworks.shape import Confidence, Instrument
from itadomain.surveys.known.common import Asking, Known
from itadomain.surveys.survey import Kind

_IIT = Asking(Instrument.IIT, Confidence.MEDIUM, "paper001")

KNOWN = Known(
    Kind.INSIDERS,
    since=2566,
    told_of=2566,
    items=(
        _IIT.whether(
            "I4",
            1,
            "เจ้าหน้าที่ของหน่วยงานท่าน มีการเรียกรับเงิน ทรัพย์สิน ของขวัญ ของกำนัล หรือผลประโยชน์ เพื่อแลกกับปฏิบัติงานหรือให้บริการ หรือไม่",
            "Do staff of your agency ask for or take money, belongings, gifts or benefits in return for their work "
            "or service?",
            bad=True,
        ),
        _IIT.level(
            "I8",
            2,
            "ท่านเคยเข้าไปมีส่วนร่วมในกระบวนการงบประมาณมากน้อยเพียงใด",
            "How far have you taken part in the process of the budget?",
        ),
        _IIT.level(
            "I21",
            4,
            "เจ้าหน้าที่ของหน่วยงานท่าน มีการขออนุญาตยืมทรัพย์สินของราชการไปใช้ปฏิบัติงานอย่างถูกต้อง มากน้อยเพียงใด",
            "How far do staff of your agency properly ask leave to borrow state property for their work?",
        ),
        _IIT.level(
            "I24",
            4,
            "หน่วยงานของท่าน มีการกำกับดูแลและตรวจสอบการใช้ทรัพย์สินของราชการ อย่างสม่ำเสมอ "
            "เพื่อป้องกันไม่ให้เกิดการนำไปใช้ประโยชน์ส่วนตัว มากน้อยเพียงใด",
            "How far does your agency regularly supervise and check the use of state property, so that it is not "
            "used for private ends?",
        ),
    ),
)
