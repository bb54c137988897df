using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Analysis;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>Turns the conditions of a query into what the index can be asked, for one viewer at one moment.</summary>
internal sealed class ConditionReader(AnnotatorDb db, Viewer viewer, DateTimeOffset now)
{
    /// <summary>Sources that a pattern may be replaced by as lexemes; a pattern that matches more is checked row by row.</summary>
    private const int MaxSources = 200;

    public SqlParameters Parameters { get; } = new();

    /// <summary>
    /// The condition as the index can be asked it. Names of people, groups and sources are looked up among those that the viewer
    /// may know.
    /// </summary>
    public async Task<IndexCondition> ReadAsync(Condition condition, CancellationToken ct)
    {
        switch (condition)
        {
            case Term term:
                return OfTerm(term);
            case SearchFilter filter:
                return await OfFilterAsync(filter, ct);
            case Not(var part):
                return IndexCondition.Not(await ReadAsync(part, ct), Parameters);
            case AnyOf any:
                return IndexCondition.Or(await AllAsync(any.Parts, ct), Parameters);
            case AllOf all:
                return IndexCondition.And(await AllAsync(all.Parts, ct));
            default:
                throw new ArgumentOutOfRangeException(nameof(condition));
        }
    }

    private async Task<List<IndexCondition>> AllAsync(IReadOnlyList<Condition> parts, CancellationToken ct)
    {
        var read = new List<IndexCondition>();
        // Signs without a word are not indexed: beside another condition they are ignored, alone they find nothing.
        foreach (var part in parts.Where(p => !IsBlank(p)).DefaultIfEmpty(parts[0]))
            read.Add(await ReadAsync(part, ct));
        return read;
    }

    private static bool IsBlank(Condition condition) =>
        (condition is Not(var part) ? part : condition) is Term term && AnalyzedTerm.Of(term).IsEmpty;

    private IndexCondition OfTerm(Term term)
    {
        var analyzed = AnalyzedTerm.Of(term);
        if (analyzed.IsEmpty)
            return IndexCondition.Nothing;
        return new IndexCondition([analyzed.Lexical], analyzed.Pattern is null ? null : $"e.words like {Parameters.Add(analyzed.Pattern)}");
    }

    private async Task<IndexCondition> OfFilterAsync(SearchFilter filter, CancellationToken ct)
    {
        var value = filter.Value;
        switch (filter.Field)
        {
            case SearchField.Tag:
                return value.EndsWith('*')
                    ? IndexCondition.WithPrefix(FilterLexemes.Tag(value[..^1]))
                    : IndexCondition.WithLexeme(FilterLexemes.Tag(value));
            case SearchField.Lang:
                return IndexCondition.WithLexeme(FilterLexemes.Language(Canonical(value)));
            case SearchField.SourceLang:
                return IndexCondition.WithLexeme(FilterLexemes.PassageLanguage(Canonical(value)));
            case SearchField.User:
                return await OfUserAsync(value, ct);
            case SearchField.Group:
                return await OfGroupAsync(value, ct);
            case SearchField.Source:
                return await OfSourceAsync(value, ct);
            case SearchField.After or SearchField.Before:
                return OfMoment(filter);
            case SearchField.Has:
                return HasReplies();
            case SearchField.Is:
                return viewer.PersonId is { } person ? IndexCondition.WithLexeme(AccessLexemes.By(person)) : IndexCondition.Nothing;
            case SearchField.Field:
                return OfField(value);
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    private static string Canonical(string language) => LanguageTag.TryParse(language, out var tag) ? tag.Value : language;

    private async Task<IndexCondition> OfUserAsync(string value, CancellationToken ct)
    {
        var name = value.StartsWith("acct:", StringComparison.OrdinalIgnoreCase) ? value[5..] : value;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var key = Userid.Key(at < 0 ? name : name[..at]);
        var authority = at < 0 ? null : name[(at + 1)..].ToLowerInvariant();
        var people = await db.People.Where(p => p.NameKey == key && (authority == null || p.Authority == authority))
            .Select(p => p.Id)
            .ToListAsync(ct);
        return IndexCondition.WithAnyLexeme(people.ConvertAll(AccessLexemes.By));
    }

    private async Task<IndexCondition> OfGroupAsync(string value, CancellationToken ct)
    {
        var pattern = Like.Containing(value);
        var readable = viewer.Reads.ToArray();
        var all = viewer.IsOperator;
        var groups = await db.Groups
            .Where(g => g.Id == value
                || ((all || g.Kind != GroupKind.Private || readable.Contains(g.Id)) && EF.Functions.ILike(g.Name, pattern, "\\")))
            .Select(g => g.Id).Take(MaxSources).ToListAsync(ct);
        return IndexCondition.WithAnyLexeme([.. groups.SelectMany(g => new[] { AccessLexemes.For(g), AccessLexemes.In(g) })]);
    }

    private async Task<IndexCondition> OfSourceAsync(string value, CancellationToken ct)
    {
        // Only ids of 22 characters: sources have no Hypothesis ids of 20 characters, and any word of 20 letters could be one.
        if (value.Length == 22 && PublicId.TryParse(value, out var id))
        {
            // Searches that were saved before a source was merged find it where it is now.
            var present = await db.PresentSourceIdAsync(id, ct);
            if (await db.Sources.AnyAsync(s => s.Id == present, ct))
                return IndexCondition.WithLexeme(FilterLexemes.Source(present));
        }

        var pattern = Like.Containing(value);
        var cited = db.SourcesCitedFor(viewer, pattern).Concat(db.SourcesAddressedFor(viewer, pattern));
        var sources = await db.Sources
            .Where(s => EF.Functions.ILike(s.Title, pattern, "\\")
                || s.Uris.Any(u => u.IsPublic && EF.Functions.ILike(u.Uri, pattern, "\\"))
                || cited.Contains(s.Id))
            .Select(s => s.Id).Take(MaxSources + 1).ToListAsync(ct);
        if (sources.Count <= MaxSources)
            return IndexCondition.WithAnyLexeme(sources.ConvertAll(FilterLexemes.Source));
        var parameter = Parameters.Add(pattern);
        return new IndexCondition([],
            $"exists (select from annotation a join source s on s.id = a.source_id where a.id = e.annotation_id "
                + $"and (s.title ilike {parameter} or exists ("
                + $"select from source_uri u where u.source_id = s.id and u.is_public and u.uri ilike {parameter})))");
    }

    private IndexCondition OfMoment(SearchFilter filter)
    {
        if (!SearchMoment.TryParse(filter.Value, now, out var moment))
            return IndexCondition.Nothing;
        return new IndexCondition([], $"e.created {(filter.Field == SearchField.After ? ">=" : "<")} {Parameters.Add(moment)}");
    }

    // The replies must be visible too: a private reply must not show by has:replies.
    private IndexCondition HasReplies()
    {
        var visible = Parameters.Add(db.Annotations.VisibleTo(viewer).Select(a => a.Id));
        return new IndexCondition([],
            $"""
            exists (
                select from annotation r join ({visible}) as visible (id) on visible.id = r.id
                where r.root_id = coalesce((select a.root_id from annotation a where a.id = e.annotation_id), e.annotation_id)
                and e.annotation_id = any(r."references"))
            """);
    }

    private static IndexCondition OfField(string value)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        var (key, wanted) = equals < 0 ? (value, "*") : (value[..equals], value[(equals + 1)..].Trim());
        return wanted.EndsWith('*')
            ? IndexCondition.WithPrefix(FilterLexemes.Field(key, wanted[..^1]))
            : IndexCondition.WithLexeme(FilterLexemes.Field(key, wanted));
    }
}
