using Annotator.Domain.Languages;

namespace Annotator.Domain.Annotations;

internal sealed partial class Intake
{
    /// <summary>A comment of so many characters tells its language, and what shorter ones of the same author are likely in.</summary>
    private const int TellingLength = 60;

    internal static LanguageTag? Known(string? language) =>
        LanguageTag.TryParse(language, out var tag) && tag != LanguageTag.Undetermined ? tag : null;

    /// <summary>New passages and sources whose language nobody gave: by their words; a source by all that is quoted of it.</summary>
    private void RecogniseSources()
    {
        var undetermined = LanguageTag.Undetermined.Value;
        var quoted = _placed.Where(p => p.IsNewPassage).ToLookup(p => p.Source, p => p.Passage!.Quote.Exact);
        Parallel.ForEach(_newSources.Where(s => string.Equals(s.Language, undetermined, StringComparison.Ordinal)), source =>
        {
            source.CorrectLanguage(detector.Detect(string.Join('\n', [.. quoted[source].Take(20), source.Title])).Value);
        });
        Parallel.ForEach(_placed.Where(p => p.IsNewPassage && string.Equals(p.Passage!.Language, undetermined, StringComparison.Ordinal)), placed =>
            placed.Passage!.CorrectLanguage(detector.Detect(placed.Passage.Quote.Exact, null, Known(placed.Source.Language)).Value));
    }

    /// <summary>The languages of the comments, in the order of the drafts: given, or recognised by the words and the habits of their authors.</summary>
    private async Task<string[]> CommentLanguagesAsync(CancellationToken ct)
    {
        var unknown = _placed.Where(p => p.Draft is { Language: null, Body.Length: > 0 });
        var habits = await WritingHabits.OfAsync(db, [.. unknown.Select(p => p.AuthorId).Distinct()], Guid.Empty, ct);
        var languages = _placed.ConvertAll(p => p.Draft.Language ?? LanguageTag.Undetermined.Value).ToArray();
        Recognise(p => p.Draft.Body.Length >= TellingLength);
        for (var i = 0; i < languages.Length; i++)
            habits.Saw(_placed[i].AuthorId, languages[i]);
        Recognise(p => p.Draft.Body.Length < TellingLength);
        return languages;

        void Recognise(Func<Placed, bool> isMeant)
        {
            var usual = habits.Usual();
            Parallel.For(0, languages.Length, i =>
            {
                if (_placed[i] is { Draft.Language: null } placed && isMeant(placed))
                    languages[i] = LanguageOf(placed, usual.TryGetValue(placed.AuthorId, out var habit) ? habit : null);
            });
        }
    }

    private string LanguageOf(Placed placed, LanguageTag? usual) =>
        detector.Detect(placed.Draft.Body, usual, Known(placed.Passage?.Language ?? placed.Source.Language)).Value;
}
