using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Annotator.Domain.Exchange;

/// <summary>A line of a feed that is not blank.</summary>
/// <param name="Text">Without the spaces around it; null when the bytes are no text.</param>
/// <param name="FollowsBlank">Whether a blank line, or the beginning of the file, is before it.</param>
internal sealed record FeedLine(long Number, string? Text, bool FollowsBlank)
{
    public bool IsQuote => Text is ['>', ..];
}

/// <summary>Reads the lines of a feed.</summary>
internal static class FeedLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines that are not blank, with their numbers in the file.</summary>
    public static async IAsyncEnumerable<FeedLine> ReadAsync(Utf8Input input, [EnumeratorCancellation] CancellationToken ct)
    {
        var followsBlank = true;
        await foreach (var line in Lines.ReadAsync(input, ct))
        {
            var text = line.IsTooLong ? null : Decoded(line.Bytes)?.Trim();
            if (text is not "")
                yield return new FeedLine(line.Number, text, followsBlank);
            followsBlank = text is "";
        }
    }

    private static string? Decoded(ReadOnlySequence<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
