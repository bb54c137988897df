namespace Annotator.Domain.Text;

/// <summary>
/// How many cells the tables of a Markdown text make. Every row is filled up to the width of the widest: 300 columns and 5,000 rows of one
/// cell are 16 KB of text and 1.5 million cells. They are counted before they are made.
/// </summary>
internal static class TableSize
{
    /// <summary>Cells of all tables of a text together.</summary>
    public const int MaxCells = 10_000;

    /// <summary>
    /// Counts rather too many: a pipe in code or behind a backslash counts as one, and any line with a hyphen is taken for the one below
    /// a table's head: the parser takes white space of every script there.
    /// </summary>
    public static bool IsTooLarge(string markdown)
    {
        if (!markdown.Contains('|', StringComparison.Ordinal))
            return false;
        long cells = 0;
        var block = default(Block);
        for (int start = 0, end; start < markdown.Length && cells + block.Cells <= MaxCells; start = end + 1)
        {
            end = markdown.AsSpan(start).IndexOfAny('\n', '\r') is >= 0 and var length ? start + length : markdown.Length;
            var line = markdown.AsSpan(start..end);
            if (line.ContainsAnyExcept(' ', '\t'))
                block = block.With(line);
            // Between CR and LF there is no line.
            else if (!(end == start && start > 0 && end < markdown.Length && markdown[start - 1] == '\r' && markdown[end] == '\n'))
                (cells, block) = (cells + block.Cells, default);
        }

        return cells + block.Cells > MaxCells;
    }

    /// <summary>Lines without an empty one between them: a table is part of one.</summary>
    private readonly record struct Block(int Lines, int Pipes, bool HasDelimiterRow)
    {
        public long Cells => HasDelimiterRow ? (long)Lines * (Pipes + 1) : 0;

        /// <summary>The block with one more line.</summary>
        public Block With(ReadOnlySpan<char> line) => new(
            Lines + 1,
            Math.Max(Pipes, line.Count('|')),
            HasDelimiterRow || line.Contains('-'));
    }
}
