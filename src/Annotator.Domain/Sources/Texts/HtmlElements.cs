using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Annotator.Domain.Sources.Texts;

/// <summary>What becomes of the elements of a page in a snapshot.</summary>
internal static class HtmlElements
{
    /// <summary>An element that leaves no trace but what is in it.</summary>
    public const string Through = "";

    private static readonly FrozenSet<string> Dropped = Set(
        "head title script style template noscript noembed noframes svg iframe object embed video audio canvas select datalist input " +
        "textarea button map progress meter colgroup col annotation annotation-xml dialog link meta base param track source");

    private static readonly FrozenSet<string> Media = Set("svg iframe object embed video audio canvas map");
    private static readonly FrozenSet<string> Inputs = Set("select datalist input textarea button map progress meter");

    private static readonly FrozenSet<string> Lines = Set(
        "html body div article main header footer nav aside section address center form fieldset legend details summary hgroup search " +
        "option optgroup picture caption");

    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["del"] = "s", ["strike"] = "s", ["kbd"] = "code", ["samp"] = "code", ["tt"] = "code", ["var"] = "i", ["dfn"] = "i",
        ["acronym"] = "abbr",
        ["menu"] = "ul", ["dir"] = "ul", ["tfoot"] = "tbody", ["listing"] = "pre", ["xmp"] = "pre", ["plaintext"] = "pre", ["rtc"] = "rt",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>
    /// The element to write, <c>div</c> for a line of its own, <see cref="Through"/>, or null to leave it out with all that is in
    /// it.
    /// </returns>
    public static string? NameOf(IElement element)
    {
        var name = element.LocalName;
        if (Dropped.Contains(name) || IsHidden(element))
            return null;
        if (Lines.Contains(name))
            return "div";
        var renamed = Renamed.GetValueOrDefault(name, name);
        return SnapshotTags.IsInline(renamed) || SnapshotTags.IsBlock(renamed) ? renamed : Through;
    }

    /// <summary>Counts an element that is left out, unless nobody would have seen it.</summary>
    public static void Note(IElement element, Omissions leftOut)
    {
        if (IsHidden(element))
            leftOut.Add("hidden", "not_shown");
        else if (Media.Contains(element.LocalName))
            leftOut.Add("media", "no_words");
        else if (Inputs.Contains(element.LocalName))
            leftOut.Add("form", "not_prose");
    }

    private static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden")
        || element.GetAttribute("style")
            ?.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase) == true;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
