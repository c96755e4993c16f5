import ExampleSupport

/// Every benchmark of the tool, in the order in which they are measured.
///
/// A new one is a file beside this one and a line here.
enum BenchmarkCatalog {
    static func all(_ options: ParsedOptions) -> [Benchmark] {
        MoneyBenchmarks.all + PromotionBenchmarks.all
            + CommitBenchmarks.all
            + CounterBenchmarks.all
            + InventoryBenchmarks.all + InventoryOrderBenchmarks.all + InventoryGrowthBenchmarks.all
            + InventoryExpiryBenchmarks.all
            + LockBenchmarks.all + LockLineBenchmarks.all
            + SagaBenchmarks.all + SagaGrowthBenchmarks.all
            + DomainBenchmarks.all(options)
            + DurableBenchmarks.all(options)
    }
}
