namespace Annotator.Domain.Sources.Texts;

/// <summary>The text of a source as it was brought: plain markup to show, and its words to annotate.</summary>
/// <param name="Html">
/// Well-formed, of few elements (<see cref="SnapshotTags"/>) and the attributes href, lang, dir and data-page. A tag is
/// <c>&lt;name attr="value"></c>, <c>&lt;/name></c> or one of the void <c>&lt;br></c> and <c>&lt;hr></c>; text is escaped by
/// <c>&amp;amp;</c>, <c>&amp;lt;</c> and <c>&amp;gt;</c> only. A line feed stands after each block and each br.
/// </param>
/// <param name="Text">The text nodes of <paramref name="Html"/> one after another, without those in rt and rp.</param>
public sealed record SnapshotHtml(string Html, string Text);
