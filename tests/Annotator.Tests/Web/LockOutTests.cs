using System.Net;
using Annotator.Domain.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>Whoever guesses passwords has five tries; then the account is closed for five minutes, whatever the password.</summary>
public sealed class LockOutTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const int Tries = 5;

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_does_not_help_until_the_time_is_over()
    {
        await program.JoinAsync("Ada");
        await program.JoinAsync("Mei");
        for (var i = 1; i < Tries; i++)
            Assert.Equal("Name and password do not go together.", await ProblemAsync("Ada", $"wrong {i}"));
        // By another name of the same account.
        Assert.Equal("Too many attempts. Try again in five minutes.", await ProblemAsync("Ada@reading.example", "wrong"));
        Assert.Equal("Too many attempts. Try again in five minutes.", await ProblemAsync("Ada", RunningProgram.Password));
        Assert.Null(await ProblemAsync("Mei", RunningProgram.Password));

        await using var scope = program.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var ada = await accounts.FindByNameAsync("Ada");
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(ada!.LockoutEnd!.Value, now, now.AddMinutes(5));
        await accounts.SetLockoutEndDateAsync(ada, now.AddSeconds(-1));
        Assert.Null(await ProblemAsync("Ada", RunningProgram.Password));
    }

    [Fact]
    public async Task Who_remembers_the_password_in_time_has_all_tries_again()
    {
        await program.JoinAsync("Noor");
        foreach (var _ in new[] { "first", "second" })
        {
            for (var i = 1; i < Tries; i++)
                Assert.Equal("Name and password do not go together.", await ProblemAsync("Noor", $"wrong {i}"));
            Assert.Null(await ProblemAsync("Noor", RunningProgram.Password));
        }
    }

    [Fact]
    public async Task Whether_there_is_such_an_account_is_not_said()
    {
        await program.JoinAsync("Jo");
        Assert.Equal(await ProblemAsync("Nobody", "wrong"), await ProblemAsync("Jo", "wrong"));
    }

    /// <summary>What the page says to a sign-in from a browser that has no cookies yet; null when it has let one in.</summary>
    private async Task<string?> ProblemAsync(string name, string password)
    {
        using var browser = program.Browser();
        using var answer = await RunningProgram.SignInAsync(browser, name, password);
        var isIn = answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(c => c.StartsWith("annotator=", StringComparison.Ordinal));
        Assert.Equal(isIn, answer.StatusCode is HttpStatusCode.Redirect);
        return isIn ? null : (await answer.Content.ReadAsStringAsync(Ct)).Split("role=\"alert\">")[1].Split('<')[0];
    }
}
