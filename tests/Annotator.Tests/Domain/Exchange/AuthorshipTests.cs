using Annotator.Domain.Access;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Xunit;

namespace Annotator.Tests.Domain.Exchange;

public sealed class AuthorshipTests
{
    private static readonly ImportOptions Own = Reading.Believing with { KeepAuthors = false, Groups = [Viewer.PublicGroup, "readers"] };

    [Fact]
    public async Task What_others_wrote_becomes_the_importing_persons_and_the_author_is_kept_beside_it()
    {
        var draft = await Reading.OneAsync(
            """{"id":"AZxz0mMAfRa5u1sE2VqKXw","uri":"u:x","text":"x","user":"acct:noor@elsewhere.example","user_info":{"display_name":"Noor"},"colour":1}""",
            Own);
        Assert.Equal(Own.AsUser, draft.Provenance!.Author);
        Assert.Null(draft.Provenance.DisplayName);
        Assert.Equal(
            """{"hypothesis":{"colour":1},"original":{"id":"AZxz0mMAfRa5u1sE2VqKXw","user":"acct:noor@elsewhere.example","displayName":"Noor","group":"__world__"}}""",
            draft.Received.Extra);
    }

    [Fact]
    public async Task Ones_own_stays_as_it_is()
    {
        var draft = await Reading.OneAsync("""{"uri":"u:x","text":"x","user":"acct:ines@library.example","group":"readers"}""", Own);
        Assert.Equal((Own.AsUser, "readers", true, null), (draft.Provenance!.Author, draft.GroupId, draft.Shared, draft.Received.Extra));
    }

    [Fact]
    public async Task What_others_wrote_gets_ids_of_its_own_and_its_threads_hold_together()
    {
        const string root = "AZxz0mMAfRa5u1sE2VqKXw", reply = "AZxz0mMAfRa5u1sE2VqKYw", own = "AZxz0mMAfRa5u1sE2VqKZw";
        // Answers stand before what they answer, as in a list with the newest first.
        var file = $$"""
            {"id":"{{reply}}","uri":"u:x","text":"x","user":"acct:noor@elsewhere.example","references":["{{root}}"]}
            {"id":"{{own}}","uri":"u:x","text":"x","user":"acct:ines@library.example","references":["{{root}}","{{reply}}"]}
            {"id":"{{root}}","uri":"u:x","text":"x","user":"acct:ken@elsewhere.example"}
            """;
        var drafts = (await Reading.RecordsAsync(file, Own)).Select(r => r.Draft!).ToDictionary(d => d.References.Count);
        var again = (await Reading.RecordsAsync(file, Own)).Select(r => r.Draft!.Id);
        Assert.Equal(drafts.Values.Select(d => d.Id).Order(), again.Order());
        Assert.Equal([drafts[0].Id], drafts[1].References);
        Assert.Equal([drafts[0].Id, drafts[1].Id], drafts[2].References);
        Assert.Equal(own, PublicId.Of(drafts[2].Id));
        Assert.DoesNotContain(drafts.Values, d => PublicId.Of(d.Id) is root or reply);
    }

    [Fact]
    public async Task Nobody_gets_into_a_group_by_importing()
    {
        var draft = await Reading.OneAsync("""{"uri":"u:x","text":"x","user":"acct:ines@library.example","group":"board"}""", Own);
        Assert.Equal((Viewer.PublicGroup, false), (draft.GroupId, draft.Shared));
    }

    [Fact]
    public async Task The_operator_is_believed()
    {
        var draft = await Reading.OneAsync("""{"uri":"u:x","text":"x","user":"acct:noor@elsewhere.example","group":"board"}""");
        Assert.Equal(("acct:noor@elsewhere.example", "board"), (draft.Provenance!.Author.ToString(), draft.GroupId));
    }

    [Fact]
    public async Task An_import_for_nobody_is_a_mistake_of_the_program() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Reading.RecordsAsync("""{"uri":"u:x","text":"x"}""", Own with { AsUser = null }));
}
