using System.Collections.Frozen;

namespace Annotator.Domain.Sources.Texts;

/// <summary>The elements of a snapshot and where each of them may stand, so that a browser reads the markup as it was written.</summary>
internal static class SnapshotTags
{
    private static readonly FrozenSet<string> Inlines = Set("code em strong b i u s sub sup ruby rt rp a q cite abbr");
    private static readonly FrozenSet<string> Blocks =
        Set("section h1 h2 h3 h4 h5 h6 p blockquote ul ol li pre table thead tbody tr th td figure figcaption dl dt dd");

    private static readonly FrozenSet<string> LinesOnly = Set("p h1 h2 h3 h4 h5 h6 pre");
    private static readonly FrozenSet<string> Grids = Set("table thead tbody tr");
    private static readonly FrozenSet<string> HoldText = Set("p h1 h2 h3 h4 h5 h6 pre li td th dt dd figcaption");

    /// <summary>Whether it is an inline element of a snapshot.</summary>
    public static bool IsInline(string name) => Inlines.Contains(name);

    /// <summary>Whether it is a block element of a snapshot.</summary>
    public static bool IsBlock(string name) => Blocks.Contains(name);

    /// <summary>Whether it is a cell of a table.</summary>
    public static bool IsCell(string? name) => name is "td" or "th";

    /// <summary>
    /// Whether it is a table or a row, in which a browser keeps no text: it moves it in front of the table (HTML Standard 13.2.6.1,
    /// foster parenting).
    /// </summary>
    public static bool IsGrid(string? name) => name is not null && Grids.Contains(name);

    /// <summary>Whether text may stand in it without a paragraph of its own.</summary>
    public static bool HoldsText(string? name) => name is not null && HoldText.Contains(name);

    /// <summary>Whether lines in it are parted by breaks, as no block may stand in it.</summary>
    public static bool NeedsBreaks(string? name) => name is not (null or "pre") && LinesOnly.Contains(name);

    /// <summary>Whether a thematic break may stand in it; null is the root.</summary>
    public static bool HoldsRule(string? name) => name is null || !(LinesOnly.Contains(name) || Grids.Contains(name));

    /// <returns>The element to write inside of <paramref name="parent"/>; null for none, only a line of its own.</returns>
    public static string? Placed(string name, string? parent)
    {
        if (parent is not null && LinesOnly.Contains(parent))
            return null;
        var placed = name switch
        {
            "li" => parent is "ul" or "ol" ? name : "p",
            "dt" or "dd" => parent is "dl" ? name : "p",
            "figcaption" => parent is "figure" ? name : "p",
            "thead" or "tbody" => parent is "table" ? name : null,
            "tr" => parent is "table" or "thead" or "tbody" ? name : null,
            "td" or "th" => parent is "tr" ? name : null,
            "section" => parent is null or "section" ? name : null,
            _ => IsBlock(name) ? name : null,
        };
        return IsGrid(parent) && !(IsGrid(placed) || IsCell(placed)) ? null : placed;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
