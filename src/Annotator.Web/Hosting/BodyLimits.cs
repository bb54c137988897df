using System.Security.Claims;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Http.Features;

namespace Annotator.Web.Hosting;

/// <summary>The longest body, in bytes, that a page or an endpoint takes of who is signed in. Without it that is a small form.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesUpToAttribute(long bytes) : Attribute
{
    public long Bytes => bytes;
}

/// <summary>
/// How much of a request is read: its address, its headers and its body. What is longer is refused before it is read where the
/// request says how long it is, else while it is read.
/// </summary>
internal static class BodyLimits
{
    /// <summary>A form of a visitor, and one of somebody who is signed in where nothing else is said.</summary>
    public const long SmallForm = 64 * 1024;

    /// <summary>
    /// A comment with all that it may hold, and as much again, so that one that is too long comes back with its text. A character
    /// takes 9 bytes in a form: 3 of UTF-8, each written as %XX.
    /// </summary>
    public const long Writing =
        2 * 9 * (Limits.Body + Limits.Quote + 2 * Limits.Context + Limits.Tags * Limits.Tag + Limits.Uri + Limits.Title + Limits.Author);

    /// <summary>A file, or words that are pasted.</summary>
    public const long Text = Limits.File + 2 * 3 * Limits.SnapshotText;

    /// <summary>The composer has a dozen.</summary>
    public const int Fields = 200;

    /// <summary>
    /// Bytes of an address. The longest query takes 18,000, and 30,000 where it stands escaped in the address of another page, as in
    /// that of sign-in. Twice that is answered with a page that says what is too long.
    /// </summary>
    private const int Address = 64 * 1024;

    /// <summary>Bytes of all headers; the referrer is an address.</summary>
    private const int Headers = 64 * 1024;

    public static void Set(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerLimits limits)
    {
        (limits.MaxRequestLineSize, limits.MaxRequestHeadersTotalSize) = (Address, Headers);
        limits.Http2.MaxRequestHeaderFieldSize = Address;
        limits.MaxRequestBodySize = Text;
    }

    /// <summary>The longest body of a request, in bytes.</summary>
    public static long Of(Endpoint? endpoint, ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } && endpoint?.Metadata.GetMetadata<TakesUpToAttribute>() is { } takes
            ? takes.Bytes
            : SmallForm;

    /// <summary>Before anything of the body is read.</summary>
    /// <exception cref="Invalid">It is too long.</exception>
    public static Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        // Nothing reads a body that comes with GET; a page about an error is asked for so too, and the refused body is still there.
        if (HttpMethods.IsGet(http.Request.Method))
            return next(http);
        var limit = Of(http.GetEndpoint(), http.User);
        if (http.Request.ContentLength > limit)
            throw TooLong(limit);
        // Only a body without a length needs to be watched. Kestrel reads on and throws away what an answered request still sends, as
        // long as that is within its limit; above, it breaks the connection, and a browser might not see the answer.
        if (http.Request.ContentLength is null && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } read)
            read.MaxRequestBodySize = limit;
        return next(http);
    }

    /// <summary>Reads the form, in one place for all that takes one. A body of another type is taken for a form without fields.</summary>
    /// <exception cref="Invalid">It is too long, has too many fields or is none.</exception>
    public static async Task ReadFormAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is { } endpoint && HttpMethods.IsPost(http.Request.Method))
        {
            if (http.Request.HasFormContentType)
                await ReadFormAsync(http, Of(endpoint, http.User));
            else
                http.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
        }

        await next(http);
    }

    private static async Task ReadFormAsync(HttpContext http, long limit)
    {
        var value = (int)Math.Min(limit, 2 * 3 * Limits.SnapshotText);
        http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions
        {
            ValueCountLimit = Fields, KeyLengthLimit = 200, ValueLengthLimit = value, MultipartBodyLengthLimit = limit,
        }));
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLong(limit);
        }
        // The last one is of UTF-7, which nobody reads any more.
        catch (Exception e) when (e is InvalidDataException or NotSupportedException || (e is IOException and not BadHttpRequestException))
        {
            throw new Invalid("form", "unreadable_form", Fields);
        }
    }

    private static Invalid TooLong(long limit)
    {
        Telemetry.LimitHit("body");
        return limit == Text
            ? new Invalid("file", "file_too_large", Limits.File / Limits.Megabyte)
            : new Invalid("form", "form_too_large", (int)(limit / 1024));
    }
}
