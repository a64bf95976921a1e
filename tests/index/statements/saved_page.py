"""A saved news page about one person's words on another's, with everything that makes it hard to tell who speaks."""

HEADLINE = "White House Says Russia Has Lost 20,000 Men in Bakhmut"
PARAGRAPHS = (
    "White House spokesman John Kirby told reporters on Monday that Russia had lost 20,000 men since December. “Half "
    "of them were prisoners,” he said.",
    "He claimed that Moscow had run out of shells, Reuters sources reported.",
    "Russian President Vladimir Putin visited a factory in Tula on Tuesday. The Russian leader denied that the army "
    "was short of men. “We have enough of everything,” he told the workers.",
    "An adviser to the ministry, who asked not to be named, said that the figures were invented. “Nobody counts like "
    "that. Nobody,” he added.",
    "Kirby refused to say how the figures had been gathered. The spokesman called the losses “stunning”.",
    "“How long can they go on?” Kirby asked.",
    "Russian aircraft attacked Kramatorsk on Wednesday. Putin has not commented on the raid, according to the Interfax "
    "agency.",
)
PAGE = f"""John Kirby
{HEADLINE}Photo by Drew Angerer/GETTY IMAGES

{PARAGRAPHS[0]}

{PARAGRAPHS[1]}

{PARAGRAPHS[2]}

John Kirby speaks in Washington, D.C., on May 1, 2023. Photo by Anna Moneymaker/Getty Images

{PARAGRAPHS[3]}

{PARAGRAPHS[4]}

{PARAGRAPHS[5]}

{PARAGRAPHS[6]}

© 2023 Outlet. All rights reserved. No part of this page may be copied without leave.
"""
