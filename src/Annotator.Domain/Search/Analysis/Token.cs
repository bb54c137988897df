namespace Annotator.Domain.Search.Analysis;

/// <summary>A lexeme and where it stands in the original text (UTF-16 units, whole graphemes).</summary>
public readonly record struct Token(string Lexeme, int Start, int Length);
