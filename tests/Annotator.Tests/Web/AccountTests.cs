using System.Net;
using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>Who gets an account, by which name and password, and what administrators do with it.</summary>
public sealed class AccountTests(RunningProgram program) : IClassFixture<RunningProgram>, IAsyncLifetime
{
    private const string Good = "another battery staple";

    private AccountAdministration Administration => program.Services.GetRequiredService<AccountAdministration>();
    private SignUpRules Rules => program.Services.GetRequiredService<SignUpRules>();

    // The first account administrates.
    public async ValueTask InitializeAsync()
    {
        await using var db = await DbAsync();
        if (!await db.Users.AnyAsync(Ct))
            await program.JoinAsync("Keeper");
        await Rules.ChooseAsync(Viewer.Operator, SignUpMode.Open, Ct);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("password", "PasswordTooCommon")]
    [InlineData("12345678", "PasswordTooCommon")]
    [InlineData("QWERTYUIOP", "PasswordTooCommon")]
    [InlineData("Password1!", "PasswordTooCommon")]
    [InlineData("common.reader", "PasswordTooCommon")]
    [InlineData("common.reader@reading.example", "PasswordTooCommon")]
    [InlineData("short", "PasswordTooShort")]
    public async Task A_password_that_is_guessed_first_is_refused(string password, string code) =>
        Assert.Contains(code, await ErrorsAsync(new NewMember("common.reader", "common.reader@reading.example", password)));

    [Fact]
    public async Task A_password_of_more_than_256_characters_is_refused()
    {
        var most = string.Concat(Enumerable.Repeat("ab3 ", 64));
        Assert.Equal(["PasswordTooLong"], await ErrorsAsync(new NewMember("Long", "long@reading.example", most + "x")));
        Assert.Empty(await ErrorsAsync(new NewMember("Long", "long@reading.example", most)));
    }

    [Fact]
    public async Task A_name_that_looks_like_another_ones_is_refused()
    {
        await program.JoinAsync("Mirabel");
        foreach (var name in new[] { "Мirabel", "ＭＩＲＡＢＥＬ", "mira.bel", "mirabe1" })
            Assert.NotEmpty(await ErrorsAsync(new NewMember(name, $"{Guid.CreateVersion7():N}@reading.example", Good)));
        foreach (var name in new[] { "Administrator", "аdmin" })
            Assert.Equal(["LooksLikeAnother"], await ErrorsAsync(new NewMember(name, $"{Guid.CreateVersion7():N}@reading.example", Good)));
        foreach (var name in new[] { "\u3164\u3164", "ab\u3164", "\u202Eab", "a\u200Bb" })
            await Assert.ThrowsAsync<Invalid>(() => ErrorsAsync(new NewMember(name, "x@reading.example", Good)));
    }

    [Fact]
    public async Task Of_two_names_at_once_that_look_the_same_one_is_given()
    {
        string[] names = ["Olivia", "Оlivia", "Olіvia", "ＯＬＩＶＩＡ"];
        var errors = await Task.WhenAll(names.Select((n, i) => ErrorsAsync(new NewMember(n, $"olivia{i}@reading.example", Good))));
        Assert.Equal(1, errors.Count(e => e.Count == 0));
    }

    [Fact]
    public async Task Where_sign_up_is_closed_only_the_operator_makes_accounts()
    {
        await Rules.ChooseAsync(Viewer.Operator, SignUpMode.Closed, Ct);
        Assert.Equal(["SignUpClosed"], await ErrorsAsync(new NewMember("Outsider", "outsider@reading.example", Good)));
        Assert.Empty(await ErrorsAsync(new NewMember("Insider", "insider@reading.example", Good, MayClaim: true)));
        using var browser = program.Browser();
        Assert.Contains(
            "Sign-up is closed here.", await browser.GetStringAsync(new Uri("/sign-up", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_lets_in_as_many_as_it_says_and_no_longer_than_it_lasts()
    {
        await Rules.ChooseAsync(Viewer.Operator, SignUpMode.Invitation, Ct);
        var word = (await Rules.InviteAsync(Viewer.Operator, 2, 7, Ct)).Split('=')[1];
        Assert.Equal(["InvitationRequired"], await ErrorsAsync(Invited(0, null)));
        Assert.Equal(["InvitationRequired"], await ErrorsAsync(Invited(0, "guessed")));
        // What fails for another reason does not use it up.
        Assert.Equal(["PasswordTooShort"], await ErrorsAsync(Invited(0, word) with { Password = "a b c" }));
        var errors = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => ErrorsAsync(Invited(i, word))));
        Assert.Equal(2, errors.Count(e => e.Count == 0));
        Assert.False(await Rules.IsInvitedAsync(word, Ct));

        var old = (await Rules.InviteAsync(Viewer.Operator, 2, 7, Ct)).Split('=')[1];
        await using var db = await DbAsync();
        await db.Invitations.ExecuteUpdateAsync(set => set.SetProperty(i => i.Expires, DateTimeOffset.UnixEpoch), Ct);
        Assert.Equal(["InvitationRequired"], await ErrorsAsync(Invited(9, old)));

        static NewMember Invited(int number, string? word) =>
            new($"Guest{number}", $"guest{number}@reading.example", Good, Invitation: word);
    }

    [Fact]
    public async Task Who_is_locked_is_out_within_the_next_request_and_comes_in_again_when_unlocked()
    {
        var id = await program.JoinAsync("Locked");
        using var browser = await SignedInAsync("Locked", RunningProgram.Password);
        Assert.True(await IsInAsync(browser));
        await Administration.LockAsync(Viewer.Operator, id, Ct);
        Assert.False(await IsInAsync(browser));
        Assert.Null(await TrySignInAsync("Locked", RunningProgram.Password));
        await Administration.UnlockAsync(Viewer.Operator, id, Ct);
        using var again = await SignedInAsync("Locked", RunningProgram.Password);
        Assert.True(await IsInAsync(again));
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_and_the_old_one()
    {
        var id = await program.JoinAsync("Forgetful");
        using var browser = await SignedInAsync("Forgetful", RunningProgram.Password);
        var refused = await Assert.ThrowsAsync<NotDone>(() => Administration.SetPasswordAsync(Viewer.Operator, id, "password", Ct));
        Assert.Contains("PasswordTooCommon", refused.Codes);
        Assert.True(await IsInAsync(browser));
        await Administration.SetPasswordAsync(Viewer.Operator, id, Good, Ct);
        Assert.False(await IsInAsync(browser));
        Assert.Null(await TrySignInAsync("Forgetful", RunningProgram.Password));
        using var again = await SignedInAsync("Forgetful", Good);
    }

    [Fact]
    public async Task Wrong_passwords_count_until_there_is_a_new_one()
    {
        var id = await program.JoinAsync("Tried");
        for (var i = 0; i < 5; i++)
            Assert.Null(await TrySignInAsync("Tried", $"wrong {i}"));
        Assert.Null(await TrySignInAsync("Tried", RunningProgram.Password));
        await Administration.SetPasswordAsync(Viewer.Operator, id, Good, Ct);
        using var again = await SignedInAsync("Tried", Good);
    }

    [Fact]
    public async Task A_renamed_person_signs_in_by_the_new_name_and_keeps_what_they_wrote()
    {
        var id = await program.JoinAsync("Before");
        await program.JoinAsync("Taken");
        foreach (var name in new[] { "taken", "Таken" })
            await Assert.ThrowsAsync<NotDone>(() => Administration.RenameAsync(Viewer.Operator, id, name, Ct));
        await Assert.ThrowsAsync<Invalid>(() => Administration.RenameAsync(Viewer.Operator, id, "with space", Ct));
        await Administration.RenameAsync(Viewer.Operator, id, "After", Ct);
        Assert.Null(await TrySignInAsync("Before", RunningProgram.Password));
        using var browser = await SignedInAsync("After", RunningProgram.Password);
        Assert.Equal(id, (await Administration.FindAsync(Viewer.Operator, "after", Ct)).Id);
        Assert.Equal("After", (await program.Services.GetRequiredService<PeopleDirectory>().FindAsync(id, Ct)).Username);
    }

    [Fact]
    public async Task The_name_of_a_removed_account_is_not_given_to_others()
    {
        var id = await program.JoinAsync("Leaver");
        using var browser = await SignedInAsync("Leaver", RunningProgram.Password);
        await Administration.RemoveAsync(Viewer.Operator, id, Ct);
        Assert.False(await IsInAsync(browser));
        Assert.Null(await TrySignInAsync("Leaver", RunningProgram.Password));
        Assert.Equal("Leaver", (await program.Services.GetRequiredService<PeopleDirectory>().FindAsync(id, Ct)).Username);
        foreach (var name in new[] { "leaver", "Lеаver" })
            Assert.NotEmpty(await ErrorsAsync(new NewMember(name, "leaver2@reading.example", Good)));
    }

    [Fact]
    public async Task There_is_always_an_administrator_left()
    {
        var keeper = await Administration.FindAsync(Viewer.Operator, "Keeper", Ct);
        foreach (var act in new[] { Administration.LockAsync, Administration.RemoveAsync })
            Assert.Equal("last_administrator", (await Assert.ThrowsAsync<Invalid>(() => act(Viewer.Operator, keeper.Id, Ct))).Reason);
        var second = await program.JoinAsync("Second");
        await using var db = await DbAsync();
        await db.Users.Where(a => a.Id == second).ExecuteUpdateAsync(set => set.SetProperty(a => a.IsAdministrator, true), Ct);
        var done = await Task.WhenAll(new[] { keeper.Id, second }.Select(async id =>
        {
            try
            {
                await Administration.LockAsync(Viewer.Operator, id, Ct);
                return 1;
            }
            catch (Invalid)
            {
                return 0;
            }
        }));
        Assert.Equal(1, done.Sum());
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.LockoutEnd, (DateTimeOffset?)null), Ct);
        await db.Users.Where(a => a.Id == second).ExecuteUpdateAsync(set => set.SetProperty(a => a.IsAdministrator, false), Ct);
    }

    [Fact]
    public async Task Nobody_else_administrates_accounts()
    {
        var person = new Viewer(await program.JoinAsync("Curious"));
        Func<Task>[] acts =
        [
            () => Administration.ListAsync(person, null, 1, Ct),
            () => Administration.FindAsync(person, "Keeper", Ct),
            () => Administration.LockAsync(person, person.PersonId!.Value, Ct),
            () => Administration.UnlockAsync(person, person.PersonId!.Value, Ct),
            () => Administration.SetPasswordAsync(person, person.PersonId!.Value, Good, Ct),
            () => Administration.RenameAsync(person, person.PersonId!.Value, "Other", Ct),
            () => Administration.RemoveAsync(person, person.PersonId!.Value, Ct),
            () => Administration.SignOutAsync(person, person.PersonId!.Value, Ct),
            () => Rules.ChooseAsync(person, SignUpMode.Closed, Ct),
            () => Rules.InviteAsync(person, 1, 1, Ct),
        ];
        foreach (var act in acts)
            await Assert.ThrowsAsync<Forbidden>(act);
        using var browser = await SignedInAsync("Curious", RunningProgram.Password);
        using var answer = await browser.GetAsync(new Uri("/admin", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Only administrators can do this.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@reading.example", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_are_found_by_a_part_of_their_names()
    {
        await program.JoinAsync("Filter_1");
        await program.JoinAsync("FilterX1");
        var (rows, total) = await Administration.ListAsync(Viewer.Operator, "filter_", 1, Ct);
        Assert.Equal("Filter_1", Assert.Single(rows).Username);
        Assert.Equal(1, total);
        Assert.Equal(2, (await Administration.ListAsync(Viewer.Operator, "FILTER", 1, Ct)).Total);
    }

    [Fact]
    public async Task Wrong_present_passwords_count()
    {
        await program.JoinAsync("Guesser");
        using var browser = await SignedInAsync("Guesser", RunningProgram.Password);
        for (var i = 0; i < 5; i++)
            Assert.Equal("/settings?password=PasswordMismatch", await ChangeAsync(browser, i == 0 ? new string('x', 300) : $"wrong {i}"));
        Assert.Equal("/settings?password=TooManyAttempts", await ChangeAsync(browser, RunningProgram.Password));
    }

    private static async Task<string?> ChangeAsync(HttpClient browser, string old)
    {
        var page = await browser.GetStringAsync(new Uri("/", UriKind.Relative), Ct);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Old"] = old,
            ["New"] = Good,
            ["__RequestVerificationToken"] = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0],
        });
        using var answer = await browser.PostAsync(new Uri("/settings/password", UriKind.Relative), form, Ct);
        return answer.Headers.Location?.ToString();
    }

    private async Task<IReadOnlyList<string>> ErrorsAsync(NewMember member)
    {
        await using var scope = program.Services.CreateAsyncScope();
        var (_, errors) = await scope.ServiceProvider.GetRequiredService<Registration>().JoinAsync(member, Ct);
        return [.. errors.Select(e => e.Code)];
    }

    private async Task<HttpClient> SignedInAsync(string name, string password) =>
        await TrySignInAsync(name, password) ?? throw new InvalidOperationException($"{name} is not let in.");

    private async Task<HttpClient?> TrySignInAsync(string name, string password)
    {
        var browser = program.Browser();
        using var answer = await RunningProgram.SignInAsync(browser, name, password);
        if (answer.StatusCode is HttpStatusCode.Redirect)
            return browser;
        browser.Dispose();
        return null;
    }

    private static async Task<bool> IsInAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(new Uri("/sources/new", UriKind.Relative), Ct);
        return answer.StatusCode is HttpStatusCode.OK;
    }

    private Task<AnnotatorDb> DbAsync() =>
        program.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
}
