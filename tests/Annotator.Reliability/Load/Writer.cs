using System.Net;
using Annotator.Domain.Kernel;
using Annotator.Reliability.Support;

namespace Annotator.Reliability.Load;

/// <summary>
/// Somebody who goes on writing: sources with a quoted passage, comments, replies, edits and deletions, one after the other, each
/// with the form that a page has for it.
/// </summary>
/// <remarks>
/// A form that is not answered is sent again, as a person does; every third time the writer gives up instead, and nobody knows
/// whether it has arrived.
/// </remarks>
internal sealed class Writer(string name, Crowd crowd, Browser browser)
{
    private const string Composer = "form.composer";
    private int _failures;
    private int _texts;

    /// <summary>Everything that this writer has sent.</summary>
    public List<Written> Sent { get; } = [];

    /// <summary>How many writes were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Makes an account by the form for it.</summary>
    public async Task JoinAsync()
    {
        var form = await OpenAsync("/sign-up", Composer) ?? throw new InvalidOperationException("Nobody can sign up.");
        form.Fields["Form.Name"] = name;
        form.Fields["Form.Email"] = $"{name}@reading.example";
        form.Fields["Form.Password"] = "correct horse battery";
        var answer = await browser.SendAsync(form);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    /// <summary>Writes until the crowd ends.</summary>
    public async Task RunAsync()
    {
        while (!crowd.IsEnding)
        {
            await RoundAsync();
            await Pace.BreatheAsync();
        }
    }

    // All writers of a round name the same source and quote the same words, so that they make them at the same moment.
    private async Task RoundAsync()
    {
        var round = crowd.NextRound();
        var quote = $"The words that round {round} is about.";
        if (await CreateAsync("/sources/new", quote, form =>
        {
            form["Form.Title"] = $"Round {round}";
            form["Form.Address"] = $"https://round.example/{crowd.Id}/{round}";
        }) is not (var first, { } source))
        {
            return;
        }
        var (note, _) = await CreateAsync($"{source}?note=1", null);
        await CreateAsync($"{source}?quote=1", quote);
        await CreateAsync($"{source}?reply={PublicId.Of(first!.Id)}", null);
        await EditAsync(source, first);
        await EditAsync(source, first);
        if (note is { Unsure: null })
            await DeleteAsync(source, note);
    }

    /// <returns>The annotation, and the path of its source when it is known to be stored.</returns>
    private async Task<(Written? Written, string? Source)> CreateAsync(
        string path, string? quote, Action<Dictionary<string, string>>? fill = null)
    {
        using var turn = await crowd.TurnAsync();
        if (await OpenAsync(path, Composer) is not { } form)
            return (null, null);
        var written = new Written(PublicId.Parse(form.Fields["Form.Id"], "annotation"), quote) { Unsure = NextText() };
        Sent.Add(written);
        form.Fields["Form.Body"] = written.Unsure;
        if (quote is not null)
            form.Fields["Form.Quote"] = quote;
        fill?.Invoke(form.Fields);
        if (await SendAsync(form) is not { } answer || !IsDone(form, answer, "/sources/"))
            return (written, null);
        Acknowledge(() => (written.Unsure, _) = (null, Add(written)));
        var source = answer.Location.Split('?')[0];
        if (quote is not null)
            crowd.Read(source, $"/a/{PublicId.Of(written.Id)}");
        return (written, source);
    }

    private async Task EditAsync(string source, Written written)
    {
        using var turn = await crowd.TurnAsync();
        if (written.Unsure is not null || await OpenAsync($"{source}?edit={PublicId.Of(written.Id)}", Composer) is not { } form)
            return;
        form.Fields["Form.Body"] = written.Unsure = NextText();
        if (await SendAsync(form) is not { } answer)
            return;
        // What was sent before and not answered has arrived: the page shows it beside the form.
        var isThere = answer.Status is HttpStatusCode.Conflict && await IsNowAsync(form.Path, written.Unsure);
        if (isThere || IsDone(form, answer, "/sources/"))
            Acknowledge(() => (written.Unsure, _) = (null, Add(written)));
    }

    private async Task DeleteAsync(string source, Written written)
    {
        using var turn = await crowd.TurnAsync();
        if (await OpenAsync(source, "form#act") is not { } form)
            return;
        written.IsDeleted = null;
        var failures = _failures;
        if (await SendAsync(form with { Path = $"/annotations/{PublicId.Of(written.Id)}/delete" }, HttpStatusCode.NotFound)
            is not { } answer)
        {
            return;
        }
        // Gone already: the first try has arrived.
        if ((answer.Status is HttpStatusCode.NotFound && _failures > failures) || IsDone(form, answer, "/"))
            Acknowledge(() => written.IsDeleted = true);
    }

    private async Task<bool> IsNowAsync(string path, string text) =>
        await OpenAsync(path, Composer) is { } form && string.Equals(form.Fields["Form.Body"], text, StringComparison.Ordinal);

    /// <summary>Asks for a page until it is there.</summary>
    /// <returns>Null when the crowd pauses first, or the page is another than it must be.</returns>
    private async Task<Form?> OpenAsync(string path, string selector)
    {
        while (!crowd.IsPausing)
        {
            var answer = await browser.GetAsync(path);
            if (answer.Status is HttpStatusCode.OK && Browser.FormOf(answer, path, selector) is { } form)
                return form;
            if (answer.Status is { } status && status < HttpStatusCode.InternalServerError)
            {
                crowd.Answers.Note($"GET {path}: {(int)status} without the form {selector}, {answer.Location}");
                return null;
            }
            crowd.HasFailed();
            await Pace.BreatheAsync();
        }

        return null;
    }

    /// <returns>Null when the writer has given up.</returns>
    private async Task<Answer?> SendAsync(Form form, HttpStatusCode? orElse = null)
    {
        while (true)
        {
            var answer = await browser.SendAsync(form);
            if (answer.Status is { } status && status < HttpStatusCode.InternalServerError && status is not HttpStatusCode.TooManyRequests)
                return answer;
            crowd.HasFailed();
            if (crowd.IsPausing || ++_failures % 3 == 0)
                return null;
            await Pace.BreatheAsync();
        }
    }

    private bool IsDone(Form form, Answer answer, string leadsTo)
    {
        var isDone = answer.Status is HttpStatusCode.Redirect && answer.Location.StartsWith(leadsTo, StringComparison.Ordinal)
            && !answer.Location.StartsWith("/sign-in", StringComparison.Ordinal);
        if (!isDone)
            crowd.Answers.Note($"POST {form.Path}: {(int)answer.Status!}, {answer.Location}");
        return isDone;
    }

    private void Acknowledge(Action note)
    {
        note();
        Acknowledged++;
        crowd.HasAcknowledged();
    }

    private static bool Add(Written written)
    {
        written.Texts.Add(written.Unsure!);
        return true;
    }

    private string NextText() => FormattableString.Invariant($"What {name} says, {++_texts} of many.");
}
