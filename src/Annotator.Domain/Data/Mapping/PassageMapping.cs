using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Annotator.Domain.Data.Mapping;

internal sealed class PassageMapping : IEntityTypeConfiguration<Passage>
{
    public void Configure(EntityTypeBuilder<Passage> passage)
    {
        passage.ToTable("passage");
        passage.Property(p => p.Id).ValueGeneratedNever();
        passage.Property(p => p.Language).HasMaxLength(35);
        passage.ComplexProperty(p => p.Quote, quote =>
        {
            quote.Property(q => q.Exact).HasColumnName("exact");
            quote.Property(q => q.Prefix).HasColumnName("prefix");
            quote.Property(q => q.Suffix).HasColumnName("suffix");
            quote.Property(q => q.Start).HasColumnName("position_start");
            quote.Property(q => q.End).HasColumnName("position_end");
        });
        passage.Ignore(p => p.PublicQuote);
        passage.Ignore(p => p.HasPrivateContext);
        passage.HasOne<Source>().WithMany().HasForeignKey(p => p.SourceId).OnDelete(DeleteBehavior.Cascade);
        passage.HasIndex(p => new { p.SourceId, p.WordsKey });
        passage.HasIndex(p => p.ContextOfId).HasFilter("context_of_id is not null");
    }
}

internal sealed class PassagePlaceMapping : IEntityTypeConfiguration<PassagePlace>
{
    public void Configure(EntityTypeBuilder<PassagePlace> place)
    {
        place.ToTable("passage_place");
        place.HasKey(p => new { p.SnapshotId, p.PassageId });
        place.Property(p => p.Start).HasColumnName("position_start");
        place.Property(p => p.End).HasColumnName("position_end");
        place.HasOne<Snapshot>().WithMany().HasForeignKey(p => p.SnapshotId).OnDelete(DeleteBehavior.Cascade);
        place.HasOne<Passage>().WithMany().HasForeignKey(p => p.PassageId).OnDelete(DeleteBehavior.Cascade);
    }
}
