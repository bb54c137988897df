namespace Annotator.Web.Commands;

/// <summary>Where a command reads and writes: results go to <see cref="Out"/>, messages to <see cref="Error"/>.</summary>
/// <param name="IsInteractive">Whether somebody watches the messages, so that they may move.</param>
public sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, bool IsInteractive)
{
    public static Terminal Console { get; } =
        new(System.Console.In, System.Console.Out, System.Console.Error, !System.Console.IsErrorRedirected);
}
