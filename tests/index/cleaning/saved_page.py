"""A saved news page with the clutter of a real one."""

HEADLINE = "Harbour Town Reopens Old Ferry Line After a Decade of ‘Broken Promises’"
PARAGRAPHS = (
    "The ferry between Harbour Town and the island of Lundby will sail again from Monday, the town said on Friday.",
    "“We’ve waited ten years for this,” Mayor Ann O’Neill told reporters. “It’s the town’s own line again, and it’s "
    "here to stay.”",
    "The line closed in 2014 after a storm. On May 5, 2014, the last boat, the Marie/Louise, was towed to Aalborg.",
    "O’Neill said all rights reserved by the old operator had been bought back. “Photo by photo, we’ll document it,” "
    "she joked.",
)
MESSY = f"""Ann O’Neill
{HEADLINE}Photo by Tom Brandt/AFP via Getty Images

{PARAGRAPHS[0]}

{PARAGRAPHS[1]}

{PARAGRAPHS[2]}

{PARAGRAPHS[3]}

A ferry leaves the pier in Harbour Town, Jutland, on December 18, 2023. Photo by Li Wei/Anadolu via Getty Images

© 2024 Outlet. All rights reserved. No part of this page may be copied without leave.
"""
