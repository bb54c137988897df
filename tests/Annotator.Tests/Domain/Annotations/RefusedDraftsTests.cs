using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>No test here stores a source, passage or annotation, so every one can look whether any is there.</summary>
public sealed class RefusedDraftsTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly AnnotationDraft Good = Drafts.CommentOn(Drafts.Desperation, "Fine");

    private readonly TestStore _store = shared.Store;

    public static TheoryData<string, AnnotationDraft, string, string, int?> Refused() => new()
    {
        { "body", Good with { Body = Long(Limits.Body) }, "body", "too_long", Limits.Body },
        { "tag", Good with { Tags = [Long(Limits.Tag)] }, "tags", "too_long", Limits.Tag },
        { "tags", Good with { Tags = [.. Enumerable.Range(0, Limits.Tags + 1).Select(i => $"tag{i}")] }, "tags", "too_many", Limits.Tags },
        { "quote", Good with { Quote = new Quote(Long(Limits.Quote)) }, "quote", "too_long", Limits.Quote },
        { "empty quote", Good with { Quote = new Quote(" \n ") }, "quote", "required", null },
        { "prefix", Good with { Quote = new Quote("x", Prefix: Long(Limits.Context)) }, "prefix", "too_long", Limits.Context },
        { "suffix", Good with { Quote = new Quote("x", Suffix: Long(Limits.Context)) }, "suffix", "too_long", Limits.Context },
        { "negative position", Good with { Quote = new Quote("x", Start: -1, End: 4) }, "quote", "not_a_position", null },
        { "backward position", Good with { Quote = new Quote("x", Start: 4, End: 3) }, "quote", "not_a_position", null },
        { "address", From(new("https://texts.example/" + Long(Limits.Uri), "T", null, null)), "uri", "too_long", Limits.Uri },
        { "script", From(new("JavaScript:alert(1)", "T", null, null)), "uri", "unsafe_scheme", null },
        { "inline data", From(new(" data:text/html,x", "T", null, null)), "uri", "unsafe_scheme", null },
        { "title", From(new(null, Long(Limits.Title), null, null)), "title", "too_long", Limits.Title },
        { "no title", From(new(null, "  ", "Somebody", null)), "title", "required", null },
        { "author", From(new(null, "T", Long(Limits.Author), null)), "author", "too_long", Limits.Author },
        { "language of the source", From(new(null, "T", null, "no language")), "source_language", "unknown_language", null },
        { "language", Good with { Language = "no language" }, "language", "unknown_language", null },
        { "no source", Good with { Source = null }, "uri", "required", null },
        { "nothing said", Drafts.PageNote(" \n"), "body", "required", null },
        { "NUL", Good with { Body = "a\0b" }, "body", "nul", null },
        { "half a character", Good with { Tags = ["a\ud83d"] }, "tags", "lone_surrogate", null },
        { "half a quote", Good with { Quote = new Quote("\ude00a") }, "quote", "lone_surrogate", null },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_stored_is_refused_with_its_field_and_nothing_is_stored(
        string what, AnnotationDraft draft, string field, string reason, int? limit)
    {
        var mei = await _store.PersonAsync("Mei-" + what.Replace(' ', '-'));
        var refusal = await Assert.ThrowsAsync<Invalid>(() => _store.Writer.CreateAsync(mei, draft, Ct));
        Assert.Equal((field, reason, limit), (refusal.Field, refusal.Reason, refusal.Limit));
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_names_things_that_are_not_there_leaves_nothing(bool hasNewSource)
    {
        var mei = await _store.PersonAsync($"Mei-{hasNewSource}");
        var lost = hasNewSource
            ? Drafts.PageNote("On what?", Drafts.Unique("New")) with { PassageId = Guid.CreateVersion7() }
            : Drafts.PageNote("On what?") with { Source = null, SourceId = Guid.CreateVersion7() };
        var refusal = await Assert.ThrowsAsync<Missing>(() => _store.Writer.CreateAsync(mei, lost, Ct));
        Assert.Equal(hasNewSource ? "passage" : "source", refusal.What);
        var outcome = Assert.Single(await _store.Batches.WriteAsync([lost.Imported("Ann", _store.Clock.GetUtcNow())], Ct));
        Assert.IsType<Missing>(outcome.Refusal);
        await NothingIsStoredAsync();
    }

    private async Task NothingIsStoredAsync()
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.False(await db.Sources.AnyAsync(Ct));
        Assert.False(await db.Passages.AnyAsync(Ct));
        Assert.False(await db.Annotations.AnyAsync(Ct));
        Assert.False(await db.People.AnyAsync(p => p.Authority == "elsewhere.example", Ct));
    }

    private static string Long(int limit) => new('x', limit + 1);

    private static AnnotationDraft From(Citation source) => Good with { Source = source };
}
