using System.Xml.Linq;
using Annotator.Domain.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Web.Hosting;

/// <summary>Keeps the keys of cookies and forms in the store, so that people stay signed in across restarts and instances.</summary>
internal sealed class KeyRing(IDbContextFactory<AnnotatorDb> databases) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        return [.. db.ProtectionKeys.AsNoTracking().Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.CreateDbContext();
        db.ProtectionKeys.Add(ProtectionKey.Named(friendlyName, element.ToString(SaveOptions.DisableFormatting)));
        db.SaveChanges();
    }
}

internal static class KeyRingRegistration
{
    public static IServiceCollection AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Annotator");
        services.AddOptions<KeyManagementOptions>()
            .Configure<IDbContextFactory<AnnotatorDb>>((keys, databases) => keys.XmlRepository = new KeyRing(databases));
        return services;
    }
}
