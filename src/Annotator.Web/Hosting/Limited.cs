using System.Security.Claims;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Annotator.Web.Hosting;

/// <summary>What is counted together.</summary>
public enum LimitedAction
{
    Nothing,
    SignIn,
    SignUp,
    Write,
    Search,
    Ingest,
    Live,

    /// <summary>Connections of managing pages.</summary>
    Circuit,
}

/// <summary>
/// Says what the requests of one method to a page or an endpoint count as; all others that change something count as writing.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LimitedAttribute(LimitedAction action, string method = "POST") : Attribute
{
    public LimitedAction Action => action;
    public string Method => method;
}

/// <summary>Who asks for what, as far as it is limited.</summary>
/// <param name="Who">The id of a person, or an address.</param>
internal readonly record struct Asking(LimitedAction Action, LimitedKind Kind, string Who)
{
    public static Asking Of(HttpContext http, AnnotatorOptions options, DateTimeOffset now)
    {
        var action = ActionOf(http);
        return action is LimitedAction.Nothing ? default : Of(action, http.User, ClientAddress.Of(http), options, now);
    }

    /// <param name="address">Of a visitor, or of somebody who signs in.</param>
    public static Asking Of(LimitedAction action, ClaimsPrincipal user, string address, AnnotatorOptions options, DateTimeOffset now)
    {
        // Who signs in is counted by the address alone: there is no account yet that could be believed.
        if (action is LimitedAction.SignIn or LimitedAction.SignUp
            || !Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var person))
        {
            return new Asking(action, LimitedKind.Address, address);
        }
        var isNew = PublicId.TimeOf(person) > now.AddHours(-options.Limits.NewcomerHours);
        return new Asking(action, isNew ? LimitedKind.Newcomer : LimitedKind.Person, person.ToString());
    }

    private static LimitedAction ActionOf(HttpContext http)
    {
        var (method, metadata) = (http.Request.Method, http.GetEndpoint()?.Metadata);
        if (metadata?.GetOrderedMetadata<LimitedAttribute>().LastOrDefault(l => HttpMethods.Equals(l.Method, method)) is { } limited)
            return limited.Action;
        // A connection that stays open; where it cannot, what goes over it comes as forms, one after the other.
        if (metadata?.GetMetadata<HubMetadata>() is not null && metadata.GetMetadata<NegotiateMetadata>() is null)
            return HttpMethods.IsPost(method) ? LimitedAction.Nothing : LimitedAction.Circuit;
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            ? LimitedAction.Nothing
            : LimitedAction.Write;
    }
}

/// <summary>Whose number of a limit counts; see <see cref="LimitOptions.Rates"/>.</summary>
internal enum LimitedKind
{
    Address,
    Newcomer,
    Person,
}
