using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

public sealed class PassageLanguageTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Whoever_quoted_a_passage_first_corrects_its_language()
    {
        var mei = await _store.PersonAsync("Mei.Corrects");
        var tom = await _store.PersonAsync("Tom.Corrects");
        var source = Drafts.Unique("A gift");
        var first = await _store.WriteAsync(mei, Drafts.CommentOn("Gift", "In German this is poison.", source));
        _store.Clock.Advance(TimeSpan.FromMinutes(1));
        await _store.WriteAsync(tom, Drafts.CommentOn("gift", "In English it is a present.", source));

        await _store.Writer.CorrectPassageAsync(mei, first.PassageId!.Value, "DE", Ct);

        Assert.Equal("de", await LanguageAsync(first.PassageId.Value));
        await Assert.ThrowsAsync<Forbidden>(() => _store.Writer.CorrectPassageAsync(tom, first.PassageId.Value, "en", Ct));
        var unknown = await Assert.ThrowsAsync<Invalid>(() => _store.Writer.CorrectPassageAsync(mei, first.PassageId.Value, "klingonese!", Ct));
        Assert.Equal("passage_language", unknown.Field);
        await Assert.ThrowsAsync<NotFound>(() => _store.Writer.CorrectPassageAsync(mei, Guid.CreateVersion7(), "en", Ct));
        Assert.Equal("de", await LanguageAsync(first.PassageId.Value));
    }

    private async Task<string> LanguageAsync(Guid passageId)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        return await db.Passages.Where(p => p.Id == passageId).Select(p => p.Language).SingleAsync(Ct);
    }
}
