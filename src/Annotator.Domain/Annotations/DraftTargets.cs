using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>
/// Finds the sources and passages that drafts are about, or makes them, with one query per kind of thing. Lives as long as one
/// transaction.
/// </summary>
internal sealed class DraftTargets(AnnotatorDb db, LanguageDetector detector, DateTimeOffset now)
{
    private readonly Dictionary<Guid, Source> _sourcesByUri = [];
    private readonly Dictionary<Guid, Source> _sources = [];
    private readonly Dictionary<Guid, Passage> _passages = [];
    private readonly Dictionary<(Guid Source, Guid Words), List<Passage>> _passagesByWords = [];
    private readonly HashSet<Source> _newSources = [];
    private readonly HashSet<Source> _learning = [];
    private readonly List<Passage> _newPassages = [];
    private readonly HashSet<Passage> _publishedPassages = [];
    private readonly Dictionary<string, Guid> _uriKeys = new(StringComparer.Ordinal);
    private readonly PassageSameness _sameness = new(db);
    private readonly Dictionary<Quote, Guid> _wordsKeys = new(ReferenceEqualityComparer.Instance);

    /// <summary>Sources that were made; nobody has stored them yet.</summary>
    public IReadOnlySet<Source> NewSources => _newSources;

    /// <summary>Passages that were made; nobody has stored them yet.</summary>
    public IReadOnlyList<Passage> NewPassages => _newPassages;

    /// <summary>Finds the source and the passage of a single draft, or adds them to the context, which tracks both.</summary>
    /// <param name="inPublic">As for <see cref="Of"/>.</param>
    /// <exception cref="Missing">The draft names a source or passage that is not there.</exception>
    public async Task<DraftTarget> SingleAsync(AnnotationDraft draft, bool inPublic, CancellationToken ct)
    {
        await LoadSourcesAsync([draft], ct);
        foreach (var tracked in db.ChangeTracker.Entries<Source>())
            Remember(tracked.Entity);
        await LoadPassagesAsync([draft], ct);
        RequireNamed(draft);
        await LoadSamenessAsync([draft], ct);
        var target = Of(draft, inPublic);
        RecogniseLanguages([target]);
        foreach (var source in _newSources)
            source.Index(now);
        db.Sources.AddRange(_newSources);
        if (db.Entry(target.Source).State is EntityState.Detached)
            db.Attach(target.Source);
        await AdoptAsync(ct);
        db.Passages.AddRange(_newPassages);
        return target;
    }

    /// <summary>Reads what is there of the sources and passages that the drafts name.</summary>
    public async Task LoadAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        await LoadSourcesAsync(drafts, ct);
        await LoadPassagesAsync(drafts, ct);
        await LoadSamenessAsync(drafts, ct);
    }

    private Task LoadSamenessAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct) => _sameness.LoadAsync(
        [
            .. drafts.Where(d => d.Quote is not null && KnownSource(d) is not null)
                .Select(d => (d, KnownSource(d)!.Id, Alike(KnownSource(d)!, d.Quote!))),
        ], ct);

    private List<Passage> Alike(Source source, Quote quote) =>
        _passagesByWords.GetValueOrDefault((source.Id, WordsKey(quote))) ?? [];

    private async Task LoadSourcesAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        var uris = drafts.Select(d => d.Source?.Uri).OfType<string>().Select(UriKey).Distinct().ToArray();
        var ids = drafts.Select(d => d.SourceId).OfType<Guid>().Distinct().ToList();
        // As one question with two conditions, every source would be looked at.
        if (uris.Length > 0)
            ids.AddRange(await db.SourceUris.Where(u => uris.Contains(u.Key)).Select(u => u.SourceId).ToListAsync(ct));
        var sources = await db.Sources.AsNoTracking().Include(s => s.Uris).Where(s => ids.Contains(s.Id)).ToListAsync(ct);
        sources.ForEach(Remember);
    }

    private async Task LoadPassagesAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        var ids = drafts.Select(d => d.PassageId).OfType<Guid>().ToArray();
        if (ids.Length > 0)
            (await db.Passages.AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(ct)).ForEach(Remember);
        var quoted = drafts.Where(d => d.Quote is not null && KnownSource(d) is not null)
            .Select(d => (Source: KnownSource(d)!.Id, Words: WordsKey(d.Quote!)))
            .Distinct()
            .ToList();
        var (sources, words) = (quoted.ConvertAll(q => q.Source), quoted.ConvertAll(q => q.Words));
        // As two conditions, every source would be searched for the words of all.
        var same = db.Database.SqlQuery<Guid>(
            $"""
            select p.id as "Value" from unnest({sources}, {words}) as quoted (source_id, words_key)
            join passage p on p.source_id = quoted.source_id and p.words_key = quoted.words_key
            """);
        (await db.Passages.AsNoTracking().Where(p => same.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(ct)).ForEach(Remember);
    }

    /// <summary>The draft with the present ids of source and passage: a form that was open during a merge names former ones.</summary>
    public static async Task<AnnotationDraft> PresentAsync(AnnotatorDb db, AnnotationDraft draft, CancellationToken ct)
    {
        Guid?[] named = [draft.SourceId, draft.PassageId];
        var former = await db.FormerIds.Where(f => named.Contains(f.Id)).ToDictionaryAsync(f => f.Id, ct);
        return former.Count == 0 ? draft : draft with
        {
            SourceId = draft.SourceId is { } source && former.TryGetValue(source, out var merged) ? merged.SourceId : draft.SourceId,
            PassageId = draft.PassageId is { } passage && former.TryGetValue(passage, out var same) ? same.PassageId : draft.PassageId,
        };
    }

    /// <summary>Refuses before anything is made, so that a refused draft leaves nothing behind in the batch.</summary>
    /// <exception cref="Missing">The draft names a source or passage that is not there.</exception>
    public void RequireNamed(AnnotationDraft draft)
    {
        var source = KnownSource(draft);
        if (source is null && draft.SourceId is not null)
            throw new Missing("source");
        if (draft.PassageId is { } id && (source is null || _passages.GetValueOrDefault(id)?.SourceId != source.Id))
            throw new Missing("passage");
    }

    /// <summary>The source and the passage of a draft, found or made.</summary>
    /// <param name="inPublic">Whether everybody may know what the draft says of them.</param>
    public DraftTarget Of(AnnotationDraft draft, bool inPublic)
    {
        var source = SourceOf(draft, inPublic);
        var (passage, isNew) = draft.References.Count > 0 ? (null, false) : PassageOf(draft, source, inPublic);
        return new DraftTarget(draft, source, passage, isNew);
    }

    private Source? KnownSource(AnnotationDraft draft) =>
        draft.SourceId is { } id ? _sources.GetValueOrDefault(id)
        : draft.Source?.Uri is { } uri ? _sourcesByUri.GetValueOrDefault(UriKey(uri))
        : null;

    private Source SourceOf(AnnotationDraft draft, bool inPublic)
    {
        if (KnownSource(draft) is { } known)
        {
            if (inPublic && draft.Source is not null && known.Adopt(draft.Source) && !_newSources.Contains(known))
                _learning.Add(known);
            return known;
        }

        var citation = draft.Source ?? throw new Invalid("uri", "required");
        var source = Source.Cited(
            citation, inPublic, citation.Language ?? LanguageTag.Undetermined.Value, draft.Provenance?.Created ?? now);
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
        var alike = _sameness.Same(draft, source.Id, Alike(source, quote));
        // First one that others speak of: what somebody quoted privately before does not part them.
        var same = alike.Find(p => p.ContextOfId is null) ?? alike.FirstOrDefault();
        if (same is not null)
        {
            if (inPublic && same.Publish(quote) && !_newPassages.Contains(same))
                _publishedPassages.Add(same);
            return (same, false);
        }

        var passage = Passage.Of(
            source.Id,
            quote,
            WordsKey(quote),
            draft.Source?.Language ?? LanguageTag.Undetermined.Value,
            draft.Provenance?.Created ?? now,
            inPublic ? null : draft.Id);
        Remember(passage);
        _newPassages.Add(passage);
        return (passage, true);
    }

    /// <summary>New passages and sources whose language nobody gave: by their words; a source by all that is quoted of it.</summary>
    public void RecogniseLanguages(IReadOnlyList<DraftTarget> targets)
    {
        var undetermined = LanguageTag.Undetermined.Value;
        var quoted = targets.Where(t => t.IsNewPassage).ToLookup(t => t.Source, t => t.Passage!.Quote.Exact);
        Parallel.ForEach(_newSources.Where(s => string.Equals(s.Language, undetermined, StringComparison.Ordinal)), source =>
            source.CorrectLanguage(detector.Detect(string.Join('\n', [.. quoted[source].Take(20), source.Title])).Value));
        Parallel.ForEach(
            targets.Where(t => t.IsNewPassage && string.Equals(t.Passage!.Language, undetermined, StringComparison.Ordinal)), target =>
                target.Passage!.CorrectLanguage(
                    detector.DetectPart(target.Passage.Quote.Exact, LanguageTag.Known(target.Source.Language)).Value));
    }

    /// <summary>Stores what public drafts give of sources and passages that were known from private ones only.</summary>
    public async Task AdoptAsync(CancellationToken ct)
    {
        foreach (var source in _learning)
        {
            var entry = db.Attach(source);
            await entry.Reference(s => s.SearchEntry).LoadAsync(ct);
            foreach (var property in (string[])[nameof(Source.Title), nameof(Source.TitleGiven), nameof(Source.Author)])
                entry.Property(property).IsModified = true;
            source.Uris.ForEach(u => db.Entry(u).State = EntityState.Modified);
            source.Index(now);
        }

        await new PassageCorrection(db, now).ForgetGuessesAsync([.. _publishedPassages.Select(p => p.Id)], ct);
        foreach (var passage in _publishedPassages)
        {
            if (db.ChangeTracker.Entries<Passage>().FirstOrDefault(e => e.Entity.Id == passage.Id) is { } tracked)
                tracked.Entity.Publish(passage.Quote);
            else
                db.Passages.Update(passage);
        }
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
}

/// <summary>What a draft is about.</summary>
/// <param name="Passage">Null for page notes and replies.</param>
internal sealed record DraftTarget(AnnotationDraft Draft, Source Source, Passage? Passage, bool IsNewPassage)
{
    /// <summary>
    /// Title and author that the draft gives, as far as not everybody knew them by then: later drafts of a batch publish more.
    /// </summary>
    public (string? Title, string? Author) Unknown { get; } = Source.Unknown(Draft.Source);

    /// <summary>The language of what is commented: the best hint for the language of the comment.</summary>
    public string Language => Passage?.Language ?? Source.Language;
}
