// Opens the print dialog of a page that is made for printing.
addEventListener("load", () => print());
