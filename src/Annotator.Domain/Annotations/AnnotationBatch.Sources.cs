using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

internal sealed partial class AnnotationBatch
{
    private readonly HashSet<Source> _newSources = [];
    private readonly HashSet<Source> _learning = [];
    private readonly Dictionary<string, Guid> _uriKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<Quote, Guid> _wordsKeys = new(ReferenceEqualityComparer.Instance);

    private async Task LoadSourcesAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        var uris = drafts.Select(d => d.Source?.Uri).OfType<string>().Select(UriKey).Distinct().ToArray();
        var ids = drafts.Select(d => d.SourceId).OfType<Guid>().Distinct().ToArray();
        var sources = await db.Sources.AsNoTracking().Include(s => s.Uris)
            .Where(s => ids.Contains(s.Id) || s.Uris.Any(u => uris.Contains(u.Key)))
            .ToListAsync(ct);
        sources.ForEach(Remember);
    }

    private async Task LoadPassagesAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        var ids = drafts.Select(d => d.PassageId).OfType<Guid>().ToArray();
        if (ids.Length > 0)
            (await db.Passages.AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(ct)).ForEach(Remember);
        var quoted = drafts.Where(d => d.Quote is not null && KnownSource(d) is not null).Select(d => (Source: KnownSource(d)!.Id, Words: WordsKey(d.Quote!))).Distinct().ToList();
        var (sources, words) = (quoted.ConvertAll(q => q.Source), quoted.ConvertAll(q => q.Words));
        // As two conditions, every source would be searched for the words of all.
        var same = db.Database.SqlQuery<Guid>(
            $"""
            select p.id as "Value" from unnest({sources}, {words}) as quoted (source_id, words_key)
            join passage p on p.source_id = quoted.source_id and p.words_key = quoted.words_key
            """);
        (await db.Passages.AsNoTracking().Where(p => same.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(ct)).ForEach(Remember);
    }

    /// <summary>Refuses before anything is made, so that a refused draft leaves nothing behind in the batch.</summary>
    private void RequireNamed(AnnotationDraft draft)
    {
        var source = KnownSource(draft);
        if (source is null && draft.SourceId is not null)
            throw new NotFound("source");
        if (draft.PassageId is { } id && (source is null || _passages.GetValueOrDefault(id)?.SourceId != source.Id))
            throw new NotFound("passage");
    }

    private Source? KnownSource(AnnotationDraft draft) =>
        draft.SourceId is { } id ? _sources.GetValueOrDefault(id)
        : draft.Source?.Uri is { } uri ? _sourcesByUri.GetValueOrDefault(UriKey(uri))
        : null;

    private Source SourceOf(AnnotationDraft draft, bool inPublic)
    {
        if (KnownSource(draft) is { } known)
        {
            if (inPublic && draft.Source is not null && known.Learn(draft.Source) && !_newSources.Contains(known))
                _learning.Add(known);
            return known;
        }

        var citation = draft.Source ?? throw new Invalid("uri", "required");
        var source = Source.Cited(citation, inPublic, citation.Language ?? LanguageTag.Undetermined.Value, draft.Provenance?.Created ?? now);
        Remember(source);
        _newSources.Add(source);
        return source;
    }

    private (Passage? Passage, bool IsNew) PassageOf(AnnotationDraft draft, Source source, bool inPublic)
    {
        if (draft.PassageId is { } id)
            return (_passages[id], false);
        if (draft.Quote is not { } quote)
            return (null, false);
        var same = _passagesByWords.GetValueOrDefault((source.Id, WordsKey(quote)))?.Find(p => p.Quote.IsCompatibleWith(quote));
        if (same is not null)
        {
            if (inPublic && same.Publish(quote) && !_newPassages.Contains(same))
                _publishedPassages.Add(same);
            return (same, false);
        }

        var passage = Passage.Of(source.Id, quote, WordsKey(quote), draft.Source?.Language ?? LanguageTag.Undetermined.Value, draft.Provenance?.Created ?? now, inPublic ? null : draft.Id);
        Remember(passage);
        _newPassages.Add(passage);
        return (passage, true);
    }

    private Guid UriKey(string uri) =>
        _uriKeys.TryGetValue(uri, out var key) ? key : _uriKeys[uri] = SourceUri.KeyOf(uri);

    private Guid WordsKey(Quote quote) =>
        _wordsKeys.TryGetValue(quote, out var key) ? key : _wordsKeys[quote] = quote.WordsKey();

    private void Remember(Source source)
    {
        _sources[source.Id] = source;
        foreach (var uri in source.Uris)
            _sourcesByUri[uri.Key] = source;
    }

    private void Remember(Passage passage)
    {
        if (!_passages.TryAdd(passage.Id, passage))
            return;
        var key = (passage.SourceId, passage.WordsKey);
        if (!_passagesByWords.TryGetValue(key, out var same))
            _passagesByWords[key] = same = [];
        same.Add(passage);
    }

    /// <summary>Finds the source and the passage of a single draft, or adds them to the context, which tracks both.</summary>
    /// <exception cref="Kernel.NotFound">The draft names a source or passage that is not there.</exception>
    public async Task<(Source Source, Passage? Passage)> TargetAsync(AnnotationDraft draft, bool inPublic, CancellationToken ct)
    {
        await LoadSourcesAsync([draft], ct);
        foreach (var tracked in db.ChangeTracker.Entries<Source>())
            Remember(tracked.Entity);
        await LoadPassagesAsync([draft], ct);
        RequireNamed(draft);
        var source = SourceOf(draft, inPublic);
        var (passage, isNew) = draft.References.Count > 0 ? (null, false) : PassageOf(draft, source, inPublic);
        var undetermined = LanguageTag.Undetermined.Value;
        if (_newSources.Count > 0 && string.Equals(source.Language, undetermined, StringComparison.Ordinal))
            source.CorrectLanguage(detector.Detect(string.Join('\n', [.. isNew ? [passage!.Quote.Exact] : Array.Empty<string>(), source.Title])).Value);
        if (isNew && string.Equals(passage!.Language, undetermined, StringComparison.Ordinal))
            passage.CorrectLanguage(detector.Detect(passage.Quote.Exact, null, Known(source.Language)).Value);
        db.Sources.AddRange(_newSources.Select(Indexed));
        if (db.Entry(source).State is EntityState.Detached)
            db.Attach(source);
        await LearnAsync(ct);
        db.Passages.AddRange(_newPassages);
        return (source, passage);
    }
}
