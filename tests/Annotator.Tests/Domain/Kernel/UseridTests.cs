using Annotator.Domain.Kernel;

namespace Annotator.Tests.Domain.Kernel;

public sealed class UseridTests
{
    private const string Here = "library.example";

    [Theory]
    [InlineData("acct:mei@elsewhere.example", "mei", "elsewhere.example")]
    [InlineData("ACCT:Mei.Lin@Elsewhere.Example", "Mei.Lin", "elsewhere.example")]
    [InlineData("mei@elsewhere.example", "mei", "elsewhere.example")]
    [InlineData("  mei ", "mei", Here)]
    [InlineData("美", "美", Here)]
    [InlineData("zoë_99-b", "zoë_99-b", Here)]
    public void Addresses_are_read_in_every_form(string text, string username, string authority) =>
        Assert.Equal(new Userid(username, authority), Userid.Parse(text, Here));

    [Fact]
    public void What_is_shown_is_read_back()
    {
        var mei = new Userid("Mei.Lin", "elsewhere.example");
        Assert.Equal("acct:Mei.Lin@elsewhere.example", mei.ToString());
        Assert.Equal(mei, Userid.Parse(mei.ToString(), Here));
    }

    [Theory]
    [InlineData("Mei.Lin", "meilin")]
    [InlineData("m.e.i.l.i.n.", "MEILIN")]
    public void Case_and_dots_make_no_other_person(string one, string other) =>
        Assert.Equal(Userid.Key(one), Userid.Key(other));

    [Theory]
    [InlineData(null, "required")]
    [InlineData("acct:", "required")]
    [InlineData("mei@", "required")]
    [InlineData("@elsewhere.example", "required")]
    [InlineData("mei lin", "not_a_user_name")]
    [InlineData("mei@else where", "not_a_user_name")]
    [InlineData("<script>", "not_a_user_name")]
    [InlineData("a@b@c", "not_a_user_name")]
    [InlineData("...", "not_a_user_name")]
    public void Other_text_is_refused(string? text, string reason)
    {
        var refusal = Assert.Throws<Invalid>(() => Userid.Parse(text, Here));
        Assert.Equal(("user", reason), (refusal.Field, refusal.Reason));
    }

    [Fact]
    public void Names_have_a_limit_and_the_refusal_names_it()
    {
        Assert.Equal(64, Userid.Parse(new string('m', 64), Here).Username.Length);
        Assert.Equal(64, Assert.Throws<Invalid>(() => Userid.Parse(new string('m', 65), Here)).Limit);
        Assert.Equal(253, Assert.Throws<Invalid>(() => Userid.Parse("mei@" + new string('e', 254), Here)).Limit);
    }
}
