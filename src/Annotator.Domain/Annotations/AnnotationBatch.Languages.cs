using Annotator.Domain.Languages;

namespace Annotator.Domain.Annotations;

internal sealed partial class AnnotationBatch
{
    /// <summary>
    /// Comments of at least this many UTF-16 units are detected on their own; their languages are then the prior for shorter ones of
    /// the same author.
    /// </summary>
    private const int LeastOwnLength = 60;

    /// <summary>
    /// The languages of the comments, in the order of the drafts: given, or recognised by the words and the habits of their
    /// authors.
    /// </summary>
    private async Task<string[]> CommentLanguagesAsync(CancellationToken ct)
    {
        var unknown = _rows.Where(p => p.Draft is { Language: null, Body.Length: > 0 });
        var habits = await WritingHabits.OfAsync(db, [.. unknown.Select(p => p.AuthorId).Distinct()], Guid.Empty, ct);
        var languages = _rows.ConvertAll(p => p.Draft.Language ?? LanguageTag.Undetermined.Value).ToArray();
        Recognise(p => p.Draft.Body.Length >= LeastOwnLength);
        for (var i = 0; i < languages.Length; i++)
            habits.Saw(_rows[i].AuthorId, languages[i]);
        Recognise(p => p.Draft.Body.Length < LeastOwnLength);
        return languages;

        void Recognise(Func<DraftRow, bool> isMeant)
        {
            var usual = habits.Usual();
            Parallel.For(0, languages.Length, i =>
            {
                if (_rows[i] is { Draft.Language: null } row && isMeant(row))
                    languages[i] = LanguageOf(row, usual.TryGetValue(row.AuthorId, out var habit) ? habit : null);
            });
        }
    }

    private string LanguageOf(DraftRow row, LanguageTag? usual) =>
        detector.Detect(row.Draft.Body, usual, LanguageTag.Known(row.Target.Language)).Value;
}
