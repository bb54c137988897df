using System.Net;
using Annotator.Domain.Data;
using Annotator.Domain.People;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>
/// Whoever guesses passwords has five tries for a name; then they wait for five minutes, whatever the password. Nobody else waits with
/// them, and what is said does not depend on whether there is such an account.
/// </summary>
public sealed class LockOutTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const string Wrong = "Name and password do not match.";
    private const string Wait = "Too many attempts. Try again in five minutes.";
    private const string Locked = "This account is locked. Ask the administrator of this site.";

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_does_not_help_until_the_time_is_over()
    {
        await program.JoinAsync("Ada");
        await program.JoinAsync("Mei");
        for (var i = 0; i < PasswordSignIn.Limit.Most; i++)
            Assert.Equal((400, Wrong), await TryAsync("Ada", $"wrong {i}"));
        Assert.Equal((429, Wait), await TryAsync("Ada", RunningProgram.Password));
        Assert.Equal((429, Wait), await TryAsync(" aDa ", RunningProgram.Password));
        Assert.Null((await TryAsync("Mei", RunningProgram.Password)).Problem);

        await ForgetWaitsAsync();
        Assert.Null((await TryAsync("Ada", RunningProgram.Password)).Problem);
    }

    [Fact]
    public async Task The_account_itself_is_not_locked()
    {
        var ida = await program.JoinAsync("Ida");
        for (var i = 0; i <= PasswordSignIn.Limit.Most; i++)
            await TryAsync("Ida", $"wrong {i}");
        await using var scope = program.Services.CreateAsyncScope();
        // From another address the right password lets in, and nobody's wrong ones are forgotten.
        var elsewhere = scope.ServiceProvider.GetRequiredService<PasswordSignIn>();
        Assert.Equal(SignInResult.Failed, (await elsewhere.EnterAsync("Ida", "wrong", "192.0.2.7", Ct)).Result);
        Assert.Equal((429, Wait), await TryAsync("Ida", RunningProgram.Password));
        Assert.Null((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByIdAsync(ida.ToString()))!.LockoutEnd);
    }

    [Fact]
    public async Task Who_remembers_the_password_in_time_has_all_tries_again()
    {
        await program.JoinAsync("Noor");
        foreach (var _ in new[] { "first", "second" })
        {
            for (var i = 1; i < PasswordSignIn.Limit.Most; i++)
                Assert.Equal((400, Wrong), await TryAsync("Noor", $"wrong {i}"));
            Assert.Null((await TryAsync("Noor", RunningProgram.Password)).Problem);
        }
    }

    [Fact]
    public async Task Of_many_tries_at_once_no_more_than_five_are_looked_at()
    {
        await program.JoinAsync("Many");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => TryAsync("Many", $"wrong {i}")));
        Assert.Equal(PasswordSignIn.Limit.Most, answers.Count(a => a.Status == 400));
        Assert.Equal(12 - PasswordSignIn.Limit.Most, answers.Count(a => a.Status == 429));
    }

    [Theory]
    [InlineData("Jo")]
    [InlineData("Jo@reading.example")]
    [InlineData("Shut")]
    [InlineData("Foreign")]
    [InlineData("Nobody")]
    [InlineData("nobody@reading.example")]
    public async Task Whether_there_is_such_an_account_is_not_said(string name)
    {
        await MakeAsync();
        for (var i = 0; i < PasswordSignIn.Limit.Most; i++)
            Assert.Equal((400, Wrong), await TryAsync(name, "wrong"));
        Assert.Equal((429, Wait), await TryAsync(name, "wrong"));
    }

    [Theory]
    [InlineData("Jo", "Jo@reading.example")]
    [InlineData("Jo@reading.example", "Jo")]
    public async Task Which_address_belongs_to_which_name_is_not_said(string tried, string other)
    {
        await MakeAsync();
        await ForgetWaitsAsync();
        for (var i = 0; i < PasswordSignIn.Limit.Most; i++)
            await TryAsync(tried, "wrong");
        Assert.Equal((429, Wait), await TryAsync(tried, "wrong"));
        Assert.Equal((400, Wrong), await TryAsync(other, "wrong"));
        await ForgetWaitsAsync();
    }

    [Fact]
    public async Task One_hash_is_computed_for_each_try_whether_there_is_such_an_account_or_not()
    {
        await MakeAsync();
        foreach (var name in new[] { "Jo", "jo@reading.example", "Shut", "Foreign", "Nobody", "nobody@reading.example", "" })
        {
            await using var scope = program.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var hasher = new Counting(services.GetRequiredService<IPasswordHasher<Account>>());
            var accounts = ActivatorUtilities.CreateInstance<UserManager<Account>>(services, hasher);
            var passwords = ActivatorUtilities.CreateInstance<PasswordSignIn>(services, accounts, hasher);
            await passwords.EnterAsync(name, "wrong", "192.0.2.1", Ct);
            Assert.Equal(1, hasher.Verified);
            await passwords.EnterAsync(name, new string('x', 1_200_000), "192.0.2.1", Ct);
            Assert.Equal(1, hasher.Verified);
        }
    }

    [Fact]
    public async Task That_an_account_is_locked_is_said_to_who_knows_its_password()
    {
        await MakeAsync();
        Assert.Equal((400, Locked), await TryAsync("Shut", RunningProgram.Password));
    }

    [Fact]
    public async Task The_answer_says_how_long_to_wait()
    {
        using var browser = program.Browser();
        for (var i = 0; i < PasswordSignIn.Limit.Most; i++)
            await TryAsync("Patient", "wrong");
        using var answer = await RunningProgram.SignInAsync(browser, "Patient", "wrong");
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
    }

    // Jo, Shut whom an administrator has locked, and Foreign who has no password.
    private async Task MakeAsync()
    {
        await using var db = await program.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        foreach (var name in new[] { "Jo", "Shut", "Foreign" })
        {
            if (!await db.Users.AnyAsync(a => a.UserName == name, Ct))
                await program.JoinAsync(name);
        }

        await db.Users.Where(a => a.UserName == "Shut")
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LockoutEnd, DateTimeOffset.MaxValue), Ct);
        await db.Users.Where(a => a.UserName == "Foreign")
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, (string?)null), Ct);
        await ForgetWaitsAsync();
    }

    private async Task ForgetWaitsAsync()
    {
        await using var db = await program.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        await db.Attempts.ExecuteDeleteAsync(Ct);
    }

    /// <summary>What the page says to a sign-in from a browser that has no cookies yet; no problem when it has let one in.</summary>
    private async Task<(int Status, string? Problem)> TryAsync(string name, string password)
    {
        using var browser = program.Browser();
        using var answer = await RunningProgram.SignInAsync(browser, name, password);
        var isIn = answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(c => c.Contains("annotator=", StringComparison.Ordinal));
        Assert.Equal(isIn, answer.StatusCode is HttpStatusCode.Redirect);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        return ((int)answer.StatusCode, isIn ? null : page.Split("role=\"alert\">")[1].Split('<')[0]);
    }

    private sealed class Counting(IPasswordHasher<Account> inner) : IPasswordHasher<Account>
    {
        public int Verified { get; private set; }

        public string HashPassword(Account user, string password) => inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
