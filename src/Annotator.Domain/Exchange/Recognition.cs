using System.Text.Json;

namespace Annotator.Domain.Exchange;

/// <summary>How the records of a file are laid out.</summary>
internal enum Layout
{
    /// <summary>Text, a passage and a comment at a time.</summary>
    Text,

    /// <summary>A JSON value on each line.</summary>
    JsonLines,

    /// <summary>One JSON array, or one object with lists of annotations.</summary>
    JsonDocument,

    /// <summary>JSON values one after the other, each over several lines.</summary>
    JsonValues,
}

/// <summary>Recognises the format of a file from its first bytes.</summary>
internal static class Recognition
{
    /// <summary>The format and layout of a file.</summary>
    /// <param name="opening">Its first bytes in UTF-8.</param>
    /// <param name="isAll">Whether these are all.</param>
    /// <param name="asked">The format that was asked for; <see cref="ImportFormat.Auto"/> recognises it.</param>
    public static (ImportFormat Format, Layout Layout) Of(ReadOnlySpan<byte> opening, bool isAll, ImportFormat asked)
    {
        var json = opening.TrimStart(" \t\r\n"u8);
        var (format, layout) =
            asked == ImportFormat.Plain ? (ImportFormat.Plain, Layout.Text)
            : BeginsLikeObject(json) ? OfObjects(json, isAll)
            : BeginsLikeArray(json) ? (ImportFormat.Hypothesis, Layout.JsonDocument)
            : asked == ImportFormat.Auto ? (ImportFormat.Plain, Layout.Text)
            : (asked, Layout.JsonLines);
        return (asked == ImportFormat.Auto ? format : asked, layout);
    }

    // A text may begin with a bracket too, as in "[1] The tide …".
    private static bool BeginsLikeObject(ReadOnlySpan<byte> json) =>
        json is [(byte)'{', .. var rest] && rest.TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..];

    private static bool BeginsLikeArray(ReadOnlySpan<byte> json) =>
        json is [(byte)'[', .. var rest] && rest.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..];

    private static (ImportFormat, Layout) OfObjects(ReadOnlySpan<byte> json, bool isAll)
    {
        var reader = new Utf8JsonReader(
            json, isAll, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 256 }));
        var format = ImportFormat.Hypothesis;
        try
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject | reader.CurrentDepth > 0)
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                    continue;
                if (IsList(ref reader))
                    return (format, Layout.JsonDocument);
                if (reader.ValueTextEquals("lang_source") || reader.ValueTextEquals("lang_text") || reader.ValueTextEquals("quote"))
                    format = ImportFormat.Corpus;
            }
        }
        catch (JsonException)
        {
            return (format, Layout.JsonLines);
        }

        var isOneLine = !json[..(int)reader.BytesConsumed].Contains((byte)'\n');
        return (format, isOneLine ? Layout.JsonLines : reader.CurrentDepth == 0 ? Layout.JsonValues : Layout.JsonDocument);
    }

    private static bool IsList(ref Utf8JsonReader name)
    {
        if (!name.ValueTextEquals("rows") && !name.ValueTextEquals("replies") && !name.ValueTextEquals("annotations"))
            return false;
        var value = name;
        return value.Read() && value.TokenType == JsonTokenType.StartArray;
    }
}
