using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Text;

namespace Annotator.Tests.Domain.People;

public sealed class LookAlikesTests(SharedStore shared) : IClassFixture<SharedStore>
{
    [Theory]
    [InlineData("admin", "аdmin", "a Cyrillic letter")]
    [InlineData("admin", "ＡＤＭＩＮ", "full width")]
    [InlineData("admin", "ADMIN", "case")]
    [InlineData("admin", "a.d.min", "dots")]
    [InlineData("admin", "adrnin", "two letters like one")]
    [InlineData("admin", "𝐚𝐝𝐦𝐢𝐧", "mathematical letters")]
    [InlineData("admin", "ad\u200Dmin", "a joiner")]
    [InlineData("admin", "admin\u3164", "a Hangul filler")]
    [InlineData("Ada", "Αda", "a Greek capital")]
    [InlineData("paypal", "рауpаl", "several Cyrillic letters")]
    [InlineData("cafe\u0301", "caf\u00E9", "composed and not")]
    [InlineData("lo1", "l01", "a zero like an o")]
    public void What_looks_the_same_has_one_key(string one, string other, string why) =>
        Assert.True(LookAlikes.KeyOf(one) == LookAlikes.KeyOf(other), why);

    [Theory]
    [InlineData("ada", "adam")]
    [InlineData("Zoe", "Zoë")]
    [InlineData("王梅", "王海")]
    [InlineData("مريم", "مريمة")]
    [InlineData("mira", "мира")]
    [InlineData("anna_1", "anna_2")]
    public void What_looks_different_has_different_keys(string one, string other) =>
        Assert.NotEqual(LookAlikes.KeyOf(one), LookAlikes.KeyOf(other));

    [Theory]
    [InlineData("Administrator", true)]
    [InlineData("аdmin", true)]
    [InlineData("管理员", true)]
    [InlineData("Adam", false)]
    public void Names_of_the_site_itself_are_reserved(string name, bool isReserved) =>
        Assert.Equal(isReserved, LookAlikes.IsReserved(name));

    [Theory]
    [InlineData("\u200B", null)]
    [InlineData("\u3164", null)]
    [InlineData(" \u2800\uFE0F\u00AD ", null)]
    [InlineData("\u202Eeimaj", "eimaj")]
    [InlineData("\u2067abc\u2069", "abc")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("a\nb", "a b")]
    [InlineData("👩\u200D🚀", "👩\u200D🚀")]
    public void A_label_can_be_seen_and_turns_nothing(string typed, string? label) => Assert.Equal(label, UserText.Label(typed));

    [Fact]
    public async Task A_display_name_looks_like_nobody_elses_username()
    {
        var people = new PeopleDirectory(shared.Store.Databases);
        var (owner, other) = (await AccountAsync("Noor"), await AccountAsync("Other"));
        foreach (var name in new[] { "noor", "Nооr", "ＮＯＯＲ", "Administrator", "аdmin" })
        {
            var refused = await Assert.ThrowsAsync<Invalid>(() => people.RenameAsync(other, name, Ct));
            Assert.Equal("looks_like_another", refused.Reason);
        }

        await people.RenameAsync(other, "Anna", Ct);
        await people.RenameAsync(owner, "Anna", Ct);
        await people.RenameAsync(owner, "NOOR", Ct);
        await people.RenameAsync(other, "\u200B\u3164", Ct);
        Assert.Null((await people.FindAsync(other, Ct)).DisplayName);
        await people.RenameAsync(other, "\u202EeimaJ", Ct);
        Assert.Equal("eimaJ", (await people.FindAsync(other, Ct)).DisplayName);
    }

    private async Task<Guid> AccountAsync(string name)
    {
        await using var db = await shared.Store.Databases.CreateDbContextAsync(Ct);
        var person = Person.Named(new Userid(name, "localhost"), null, shared.Store.Clock.GetUtcNow());
        person.Claim();
        db.People.Add(person);
        await db.SaveChangesAsync(Ct);
        return person.Id;
    }
}
