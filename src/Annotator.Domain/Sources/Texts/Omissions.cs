namespace Annotator.Domain.Sources.Texts;

/// <summary>Counts what readers leave out of a text, by what it is and why (see <see cref="LeftOut"/>).</summary>
internal sealed class Omissions
{
    private readonly Dictionary<(string What, string Reason), int> _counts = [];

    /// <summary>Counts one more part that was left out; the codes are those of <see cref="Texts.LeftOut"/>.</summary>
    public void Add(string what, string reason) => _counts[(what, reason)] = _counts.GetValueOrDefault((what, reason)) + 1;

    /// <summary>The counts, one entry for each pair of codes.</summary>
    public IReadOnlyList<LeftOut> ToList() =>
        _counts.Count == 0
            ? []
            : [.. _counts.Select(c => new LeftOut(c.Key.What, c.Key.Reason, c.Value)).OrderBy(l => l.What, StringComparer.Ordinal)];
}
