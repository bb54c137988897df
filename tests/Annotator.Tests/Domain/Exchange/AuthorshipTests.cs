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
        var draft = await Reading.OneAsync("""{"uri":"u:x","text":"x","user":"acct:noor@elsewhere.example","user_info":{"display_name":"Noor"},"colour":1}""", Own);
        Assert.Equal(Own.AsUser, draft.Origin!.Author);
        Assert.Null(draft.Origin.DisplayName);
        Assert.Equal("""{"original":{"user":"acct:noor@elsewhere.example","displayName":"Noor","group":"__world__"},"colour":1}""", draft.Origin.Extra);
    }

    [Fact]
    public async Task Ones_own_stays_as_it_is()
    {
        var draft = await Reading.OneAsync("""{"uri":"u:x","text":"x","user":"acct:ines@library.example","group":"readers"}""", Own);
        Assert.Equal((Own.AsUser, "readers", true, null), (draft.Origin!.Author, draft.GroupId, draft.Shared, draft.Origin.Extra));
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
        Assert.Equal(("acct:noor@elsewhere.example", "board"), (draft.Origin!.Author.ToString(), draft.GroupId));
    }

    [Fact]
    public async Task An_import_for_nobody_is_a_mistake_of_the_program() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Reading.RecordsAsync("""{"uri":"u:x","text":"x"}""", Own with { AsUser = null }));
}
