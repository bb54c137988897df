using Annotator.Domain.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Annotator.Domain.Data.Mapping;

internal sealed class ChangeMapping : IEntityTypeConfiguration<Change>
{
    // No foreign keys: a record must stay when what it is about is removed.
    public void Configure(EntityTypeBuilder<Change> change)
    {
        change.ToTable("change");
        change.Property(c => c.Id).UseIdentityAlwaysColumn();
        change.Property(c => c.Xact).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        change.Property(c => c.At).HasDefaultValueSql("now()");
        change.Property(c => c.Kind).HasConversion<string>().HasMaxLength(20);
        change.Property(c => c.Action).HasConversion<string>().HasMaxLength(20);
        change.Property(c => c.SeenBefore).HasConversion<string>().HasMaxLength(20);
        change.Property(c => c.SeenAfter).HasConversion<string>().HasMaxLength(20);
        change.Property(c => c.ClientId).HasMaxLength(ChangeClient.MaxLength);
        change.HasIndex(c => new { c.SourceId, c.Id }).IsDescending(false, true);
        change.HasIndex(c => c.Id).HasFilter("kind = 'Person'").HasDatabaseName("ix_change_of_person");
        change.HasIndex(c => c.Xact);
        change.HasIndex(c => c.At);
    }
}
