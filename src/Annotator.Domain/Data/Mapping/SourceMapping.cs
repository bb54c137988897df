using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Annotator.Domain.Data.Mapping;

internal sealed class SourceMapping : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> source)
    {
        source.ToTable("source");
        source.Property(s => s.Id).ValueGeneratedNever();
        source.Property(s => s.Title).UseCollation(AnnotatorDb.ReadersOrder);
        source.Property(s => s.Language).HasMaxLength(35);
        source.HasMany(s => s.Uris).WithOne().HasForeignKey(u => u.SourceId).OnDelete(DeleteBehavior.Cascade);
        source.HasOne(s => s.SearchEntry).WithOne().HasForeignKey<SourceEntry>(e => e.SourceId).OnDelete(DeleteBehavior.Cascade);
        source.HasIndex(s => new { s.LastActivity, s.Id });
        source.HasIndex(s => new { s.Added, s.Id });
        source.HasIndex(s => new { s.Title, s.Id });
        source.HasIndex(s => s.Language);
    }
}

internal sealed class SourceEntryMapping : IEntityTypeConfiguration<SourceEntry>
{
    public void Configure(EntityTypeBuilder<SourceEntry> entry)
    {
        entry.ToTable("source_search");
        entry.HasKey(e => e.SourceId);
        entry.HasTokens();
        entry.HasIndex(e => e.Tokens).HasMethod("gin");
    }
}

internal sealed class SourceActivityMapping : IEntityTypeConfiguration<SourceActivity>
{
    public void Configure(EntityTypeBuilder<SourceActivity> activity)
    {
        activity.ToTable("source_activity");
        activity.HasKey(c => c.SourceId);
        activity.HasOne<Source>().WithOne().HasForeignKey<SourceActivity>(c => c.SourceId).OnDelete(DeleteBehavior.Cascade);
        activity.HasIndex(c => c.SourceId, "ix_source_activity_due").HasFilter("not is_current");
    }
}

internal sealed class SourceRevisionMapping : IEntityTypeConfiguration<SourceRevision>
{
    public void Configure(EntityTypeBuilder<SourceRevision> revision)
    {
        revision.ToTable("source_revision");
        revision.Property(r => r.Id).ValueGeneratedNever();
        revision.Property(r => r.Language).HasMaxLength(35);
        revision.HasOne<Source>().WithMany().HasForeignKey(r => r.SourceId).OnDelete(DeleteBehavior.Cascade);
        revision.HasOne(r => r.CorrectedBy).WithMany().HasForeignKey(r => r.CorrectedById).OnDelete(DeleteBehavior.SetNull);
        revision.HasIndex(r => new { r.SourceId, r.Corrected });
    }
}

internal sealed class RemovedSourceMapping : IEntityTypeConfiguration<RemovedSource>
{
    public void Configure(EntityTypeBuilder<RemovedSource> removal)
    {
        removal.ToTable("removed_source");
        removal.Property(r => r.Id).ValueGeneratedNever();
        removal.HasOne<Source>().WithMany().HasForeignKey(r => r.SourceId).OnDelete(DeleteBehavior.Cascade);
        removal.HasOne(r => r.RemovedBy).WithMany().HasForeignKey(r => r.RemovedById).OnDelete(DeleteBehavior.SetNull);
        removal.HasMany<Annotation>().WithOne().HasForeignKey(a => a.RemovalId).OnDelete(DeleteBehavior.SetNull);
        removal.HasMany<Snapshot>().WithOne().HasForeignKey(s => s.RemovalId).OnDelete(DeleteBehavior.SetNull);
        removal.HasIndex(r => r.SourceId);
    }
}

internal sealed class SourceUriMapping : IEntityTypeConfiguration<SourceUri>
{
    public void Configure(EntityTypeBuilder<SourceUri> uri)
    {
        uri.ToTable("source_uri");
        uri.HasKey(u => u.Key);
        uri.Property(u => u.Key).ValueGeneratedNever();
        uri.Property(u => u.Uri).HasMaxLength(Limits.Uri);
        uri.HasIndex(u => u.SourceId);
    }
}

internal sealed class FormerIdMapping : IEntityTypeConfiguration<FormerId>
{
    public void Configure(EntityTypeBuilder<FormerId> former)
    {
        former.ToTable("former_id");
        former.Property(f => f.Id).ValueGeneratedNever();
        former.Property(f => f.Uri).HasMaxLength(Limits.Uri);
        former.HasOne<Source>().WithMany().HasForeignKey(f => f.SourceId).OnDelete(DeleteBehavior.Cascade);
        former.HasOne<Passage>().WithMany().HasForeignKey(f => f.PassageId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class UriClaimMapping : IEntityTypeConfiguration<UriClaim>
{
    public void Configure(EntityTypeBuilder<UriClaim> claim)
    {
        claim.ToTable("uri_claim");
        claim.HasKey(c => new { c.AnnotationId, c.Key, c.Kind });
        claim.Property(c => c.Kind).HasMaxLength(ClaimedUri.MaxKind);
        claim.Property(c => c.Uri).HasMaxLength(Limits.Uri);
        claim.HasOne<Annotation>().WithMany().HasForeignKey(c => c.AnnotationId).OnDelete(DeleteBehavior.Cascade);
        claim.HasIndex(c => new { c.ClaimantKey, c.Key });
        claim.HasIndex(c => c.Key);
    }
}

internal sealed class SnapshotMapping : IEntityTypeConfiguration<Snapshot>
{
    public void Configure(EntityTypeBuilder<Snapshot> snapshot)
    {
        snapshot.ToTable("snapshot");
        snapshot.Property(s => s.Id).ValueGeneratedNever();
        snapshot.Property(s => s.Format).HasMaxLength(100);
        snapshot.Property(s => s.Uri).HasMaxLength(Limits.Uri);
        snapshot.HasOne<Source>().WithMany().HasForeignKey(s => s.SourceId).OnDelete(DeleteBehavior.Cascade);
        snapshot.Property(s => s.GroupId).HasDefaultValue(Viewer.PublicGroup);
        snapshot.HasOne(s => s.AddedBy).WithMany().HasForeignKey(s => s.AddedById).OnDelete(DeleteBehavior.Restrict);
        snapshot.HasOne(s => s.Group).WithMany().HasForeignKey(s => s.GroupId).OnDelete(DeleteBehavior.Restrict);
        snapshot.HasIndex(s => new { s.SourceId, s.Added });
        snapshot.HasIndex(s => s.RemovalId).HasFilter("removal_id is not null");
    }
}
