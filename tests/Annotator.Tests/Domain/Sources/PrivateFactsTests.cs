using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;

namespace Annotator.Tests.Domain.Sources;

/// <summary>
/// Titles, authors, addresses and surroundings of words that somebody gave privately, asked of every door of the domain. Secrets
/// are words that stand nowhere else, so that a door that says one is found whatever it returns.
/// </summary>
public sealed class PrivateFactsTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private const string Words = "Everybody may read these words.";

    private readonly TestStore _store = shared.Store;

    private sealed record Scene(
        Viewer Keeper, Viewer Member, Viewer Other, string Secret, string Page, AnnotationView Kept, AnnotationView Open)
    {
        public Guid SourceId => Open.SourceId;
        public Viewer[] Outsiders => [Other, Viewer.Visitor];
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task Nobody_else_sees_or_finds_what_was_given_privately(bool inGroup, bool privateFirst)
    {
        var scene = await SceneAsync(inGroup, privateFirst);
        foreach (var viewer in scene.Outsiders)
            Assert.DoesNotContain(scene.Secret, await EverythingAsync(viewer, scene), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_may_see_it_sees_and_finds_it(bool inGroup)
    {
        var scene = await SceneAsync(inGroup, privateFirst: true);
        foreach (var viewer in inGroup ? [scene.Keeper, scene.Member] : new[] { scene.Keeper })
        {
            var reading = await _store.Sources.ReadAsync(viewer, scene.SourceId, Ct);
            Assert.Equal($"Title {scene.Secret}", reading.Source.Title);
            Assert.Equal($"Author {scene.Secret}", reading.Source.Author);
            Assert.Equal($"{scene.Secret} before ", Assert.Single(reading.Passages).Quote.Prefix);
            Assert.Equal($"Title {scene.Secret}", await _store.Sources.TitleAsync(viewer, scene.SourceId, Ct));
            var found = await _store.Search.FindAsync(viewer, SearchQuery.Parse($"title {scene.Secret}"), new(), Ct);
            Assert.Equal([scene.SourceId], found.Named.Sources.Select(s => s.Id));
            Assert.Equal(2, (await _store.Search.FindAsync(viewer, SearchQuery.Parse($"source:{scene.Secret}"), new(), Ct)).Counted);
        }
    }

    [Fact]
    public async Task What_is_shared_is_known_to_everybody()
    {
        var scene = await SceneAsync(inGroup: false, privateFirst: true);
        await _store.Writer.EditAsync(
            scene.Keeper, scene.Kept.Id, new AnnotationEdit(scene.Kept.Version, "Now for all", null, [], true), Ct);
        foreach (var viewer in scene.Outsiders)
        {
            var reading = await _store.Sources.ReadAsync(viewer, scene.SourceId, Ct);
            Assert.Equal($"Title {scene.Secret}", reading.Source.Title);
            Assert.Equal($"Author {scene.Secret}", reading.Source.Author);
            Assert.Equal($"{scene.Secret} before ", Assert.Single(reading.Passages).Quote.Prefix);
            Assert.Single((await _store.Search.FindAsync(viewer, SearchQuery.Parse($"title {scene.Secret}"), new(), Ct)).Named.Sources);
        }
    }

    [Fact]
    public async Task What_was_given_in_public_is_what_everybody_sees()
    {
        var scene = await SceneAsync(inGroup: false, privateFirst: true);
        await _store.WriteAsync(
            scene.Other,
            Drafts.CommentOn(
                new Quote(Words, "before "), "Better", new Citation(scene.Page, "The public title", "The public author", null)));
        foreach (var viewer in (Viewer[])[.. scene.Outsiders, scene.Keeper])
        {
            var reading = await _store.Sources.ReadAsync(viewer, scene.SourceId, Ct);
            Assert.Equal(("The public title", "The public author"), (reading.Source.Title, reading.Source.Author));
            Assert.Equal("before ", Assert.Single(reading.Passages).Quote.Prefix);
            Assert.Equal([scene.Page], reading.Source.Uris);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_private_text_says_nothing_to_others_until_it_is_shared(bool publicFirst)
    {
        var (keeper, other) = (
            await _store.PersonAsync($"Keeper{Guid.CreateVersion7():N}"), await _store.PersonAsync($"Other{Guid.CreateVersion7():N}"));
        var (secret, page) = ($"s{Guid.CreateVersion7():N}", $"https://texts.example/{Guid.CreateVersion7():N}");
        if (publicFirst)
            await _store.WriteAsync(other, Drafts.PageNote("For all", new Citation(page, null, null, null)));
        var text = await _store.AddTextAsync(
            keeper, new Citation($"{page}#{secret}", $"Title {secret}", $"Author {secret}", null), shared: false, "A text.");
        var open = await _store.WriteAsync(other, Drafts.PageNote("Mine too", new Citation(page, null, null, null)));
        var scene = new Scene(keeper, keeper, other, secret, page, open, open);
        foreach (var viewer in scene.Outsiders)
            Assert.DoesNotContain(secret, await EverythingAsync(viewer, scene), StringComparison.OrdinalIgnoreCase);
        Assert.Equal($"Title {secret}", (await _store.Sources.ReadAsync(keeper, open.SourceId, Ct)).Source.Title);
        await _store.Texts.ShareAsync(keeper, text, true, Ct);
        Assert.Equal($"Title {secret}", (await _store.Sources.ReadAsync(Viewer.Visitor, open.SourceId, Ct)).Source.Title);
    }

    [Fact]
    public async Task Whoever_writes_in_public_about_a_text_without_address_gives_its_title()
    {
        var keeper = await _store.PersonAsync($"Keeper{Guid.CreateVersion7():N}");
        var kept = await _store.WriteAsync(keeper, Drafts.PageNote("Mine", new Citation(null, "A book at home", null, null)).Private());
        await _store.WriteAsync(keeper, Drafts.PageNote("For all") with { Source = null, SourceId = kept.SourceId });
        Assert.Equal("A book at home", (await _store.Sources.ReadAsync(Viewer.Visitor, kept.SourceId, Ct)).Source.Title);
    }

    private async Task<Scene> SceneAsync(bool inGroup, bool privateFirst)
    {
        var name = Guid.CreateVersion7().ToString("N");
        var group = "g" + name;
        var (keeper, member, other) = (
            await _store.PersonAsync("Keeper" + name, group),
            await _store.PersonAsync("Member" + name, group),
            await _store.PersonAsync("Other" + name));
        var (secret, page) = ("s" + name[..^1] + "x", $"https://texts.example/{name}");
        var draft = Drafts.CommentOn(
            new Quote(Words, $"{secret} before ", $" after {secret}"),
            "Kept",
            new Citation($"{page}?utm_source={secret}#{secret}", $"Title {secret}", $"Author {secret}", null));
        draft = inGroup ? draft with { GroupId = group } : draft.Private();
        var open = Drafts.CommentOn(Words, "For all", new Citation(page, null, null, null));
        if (!privateFirst)
        {
            var first = await _store.WriteAsync(other, open);
            return new Scene(keeper, member, other, secret, page, await _store.WriteAsync(keeper, draft), first);
        }

        var kept = await _store.WriteAsync(keeper, draft);
        return new Scene(keeper, member, other, secret, page, kept, await _store.WriteAsync(other, open));
    }

    /// <summary>Whatever the doors answer about the source, as one text.</summary>
    private async Task<string> EverythingAsync(Viewer viewer, Scene scene)
    {
        var answers = new List<object?>
        {
            await _store.Sources.ReadAsync(viewer, scene.SourceId, Ct),
            await _store.Sources.ReadThreadAsync(viewer, scene.Open.Id, Ct),
            await _store.Sources.TitleAsync(viewer, scene.SourceId, Ct),
            await _store.Library.TagsAsync(viewer, 1_000, Ct),
            await _store.Reader.FindAsync(viewer, scene.Open.Id, Ct),
        };
        foreach (var order in Enum.GetValues<LibraryOrder>())
        {
            for (string? after = null; ;)
            {
                var page = await _store.Library.BrowseAsync(viewer, new LibraryQuery(Order: order, After: after), Ct);
                answers.AddRange(page.Items.Where(i => i.Id == scene.SourceId));
                answers.Add(page.Next is null ? null : Cursor.Parse(page.Next)!.Key);
                if ((after = page.Next) is null)
                    break;
            }
        }

        foreach (var query in new[] { "Words", $"source:{scene.Page}", $"source:{PublicId.Of(scene.SourceId)}" })
        {
            answers.Add(await _store.Search.FindAsync(viewer, SearchQuery.Parse(query), new(), Ct));
            answers.Add(await _store.Search.FindAsync(viewer, SearchQuery.Parse(query), new() { Order = SearchOrder.Best }, Ct));
        }

        // What is asked for by the secret finds nothing, and nothing like it is suggested.
        foreach (var query in new[] { scene.Secret, $"source:{scene.Secret}", $"\"Title {scene.Secret}\"", $"Author {scene.Secret}" })
        {
            var found = await _store.Search.FindAsync(viewer, SearchQuery.Parse(query), new(), Ct);
            Assert.Equal((0, 0), (found.Counted, found.Named.Sources.Count));
        }

        answers.Add((await _store.Search.FindAsync(viewer, SearchQuery.Parse(scene.Secret[..^1] + "y"), new(), Ct)).Suggestion?.ToString());
        return JsonSerializer.Serialize(answers);
    }
}
