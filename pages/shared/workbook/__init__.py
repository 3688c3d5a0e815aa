"""Lists as workbooks: out, back, what was asked, what was taken over."""
