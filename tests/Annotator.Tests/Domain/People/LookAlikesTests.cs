using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Text;
using Microsoft.EntityFrameworkCore;

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

    [Fact]
    public async Task Accounts_that_an_earlier_program_makes_during_an_upgrade_are_protected_at_the_next_start()
    {
        var people = new PeopleDirectory(shared.Store.Databases);
        await people.RenewLookKeysAsync(Ct);
        var (first, second) = (await AccountAsync("upgraded", isClaimed: false), await AccountAsync("uрgraded", isClaimed: false));
        Assert.Empty(await people.RenewLookKeysAsync(Ct));
        await using var db = await shared.Store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal(LookAlikes.KeyOf("upgraded"), (await db.People.SingleAsync(p => p.Id == first, Ct)).LookKey);
        // It is there already, as the first one: nothing is done about it but to refuse the next.
        Assert.Null((await db.People.SingleAsync(p => p.Id == second, Ct)).LookKey);
    }

    private async Task<Guid> AccountAsync(string name, bool isClaimed = true)
    {
        await using var db = await shared.Store.Databases.CreateDbContextAsync(Ct);
        // The second is younger.
        shared.Store.Clock.Advance(TimeSpan.FromSeconds(1));
        var person = Person.Named(new Userid(name, "localhost"), null, shared.Store.Clock.GetUtcNow());
        if (isClaimed)
            person.Claim();
        db.Users.Add(new Account { Id = person.Id, UserName = name, NormalizedUserName = name, SecurityStamp = "a stamp" });
        db.People.Add(person);
        await db.SaveChangesAsync(Ct);
        return person.Id;
    }
}
