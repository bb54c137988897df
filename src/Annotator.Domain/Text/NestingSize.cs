namespace Annotator.Domain.Text;

/// <summary>
/// Estimates from above how much a Markdown parser does for lists and quotes in each other. It visits every open one at each line, also
/// at an empty one, and remembers it there: a kilobyte of <c>1. 1. 1.</c> above a kilobyte of line ends made gigabytes.
/// </summary>
internal static class NestingSize
{
    /// <summary>Depth of the deepest line times number of lines. Ordinary texts of the greatest length stay below a tenth.</summary>
    private const int MaxVisits = 500_000;

    /// <summary>Digits of a list number, CommonMark §5.2.</summary>
    private const int MaxDigits = 9;

    /// <summary>Whether the text is nested so deep, over so many lines, that it is not to be parsed.</summary>
    public static bool IsTooLarge(ReadOnlySpan<char> markdown)
    {
        var (lines, deepest) = (0L, 0L);
        while (!markdown.IsEmpty)
        {
            var end = markdown.IndexOfAny('\n', '\r');
            var line = end < 0 ? markdown : markdown[..end];
            deepest = Math.Max(deepest, DepthOf(line));
            lines++;
            if (deepest * lines > MaxVisits)
                return true;
            markdown = end < 0 ? [] : markdown[(end + 1)..];
        }

        return false;
    }

    // Quotes and list items that begin in the line, and those that its indentation can continue: each takes two columns at least.
    private static int DepthOf(ReadOnlySpan<char> line)
    {
        var (depth, columns) = (0, 0);
        while (!line.IsEmpty)
        {
            var length = MarkerLength(line);
            if (length > 0)
                depth++;
            else if (line[0] is ' ' or '\t')
                (length, columns) = (1, columns + (line[0] is '\t' ? 4 : 1));
            else
                break;
            line = line[length..];
        }

        return depth + columns / 2;
    }

    // Length of the sign that opens a quote or a list item; 0 for none.
    private static int MarkerLength(ReadOnlySpan<char> line)
    {
        if (line[0] is '>')
            return 1;
        var digits = line.IndexOfAnyExceptInRange('0', '9') is >= 0 and var first ? first : line.Length;
        var length = digits switch
        {
            0 when line[0] is '-' or '*' or '+' => 1,
            > 0 and <= MaxDigits when digits < line.Length && line[digits] is '.' or ')' => digits + 1,
            _ => 0,
        };
        return length > 0 && (length == line.Length || line[length] is ' ' or '\t') ? length : 0;
    }
}
