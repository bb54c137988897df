using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Sources.Texts;

/// <summary>What was read from a file, an address or a clipboard.</summary>
/// <param name="Title">As the document says, else its first heading; null when it has none. At most <see cref="Limits.Title"/>.</param>
/// <param name="Author">At most <see cref="Limits.Author"/>.</param>
/// <param name="Language">BCP 47 tag when the document names one.</param>
public sealed record IngestedText(string? Title, string? Author, string? Language, SnapshotHtml Content)
{
    /// <summary>Cleans what documents say of themselves.</summary>
    internal static IngestedText Of(SnapshotHtml content, string? title, string? author = null, string? language = null) => new(
        Line(title, Limits.Title),
        Line(author, Limits.Author),
        LanguageTag.TryParse(language, out var tag) && !tag.IsUndetermined ? tag.Value : null,
        content);

    private static string? Line(string? text, int limit)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var start = text.Length > 4 * limit ? text[..(4 * limit)] : text;
        var line = UserText.Clean(string.Join(' ', start.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Trim();
        return line.Length == 0 ? null : Cut.Shown(line, limit);
    }
}
