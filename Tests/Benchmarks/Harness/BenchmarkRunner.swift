/// Runs a benchmark: both sides in turn, round by round, so that whatever else the machine does hits both alike.
struct BenchmarkRunner: Sendable {
    /// How many rounds are measured.
    var rounds: Int
    /// How many rounds come before them and are thrown away.
    var warmUps: Int
    /// How much smaller than usual a round is.
    var shrinking: Int = 1

    /// The fewest operations of a shrunken round.
    static let fewestOperations = 500

    /// Measures a benchmark; throws when a program fails, or when the two sides do not do the same work.
    func measure(_ benchmark: Benchmark) async throws -> Measurement {
        let baselineWorkload = shrunken(benchmark.baselineWorkload ?? benchmark.workload)
        let subjectWorkload = shrunken(benchmark.workload)
        var baselineSamples: [Sample] = []
        var subjectSamples: [Sample] = []
        var subjectBytes: Int64?
        var baselineBytes: Int64?
        for round in 0..<(warmUps + rounds) {
            var subject: Sample?
            // Whoever comes second finds warmer caches and a hotter processor: take turns.
            if round % 2 == 1 { subject = try await sample(benchmark.subject, subjectWorkload, benchmark) }
            let baseline = try await Self.sample(benchmark.baseline, baselineWorkload, benchmark.measuresMemory)
            if round % 2 == 0 { subject = try await sample(benchmark.subject, subjectWorkload, benchmark) }
            if let subject, subjectWorkload.operations == baselineWorkload.operations,
                subject.witness != baseline.witness
            {
                throw BenchmarkFailure.differentWork(
                    benchmark.name,
                    subject: subject.witness,
                    baseline: baseline.witness
                )
            }
            // Memory grows once: later rounds find what earlier ones were given by the system.
            if round == 0 { (subjectBytes, baselineBytes) = (subject?.bytes, baseline.bytes) }
            guard round >= warmUps else { continue }
            baselineSamples.append(baseline)
            if let subject { subjectSamples.append(subject) }
        }
        return Measurement(
            benchmark: benchmark,
            subject: benchmark.subject.map { Self.side($0, subjectWorkload, subjectSamples, bytes: subjectBytes) },
            baseline: Self.side(benchmark.baseline, baselineWorkload, baselineSamples, bytes: baselineBytes)
        )
    }

    private static func side(
        _ program: Program,
        _ workload: Workload,
        _ samples: [Sample],
        bytes: Int64?
    ) -> Measurement.Side {
        Measurement.Side(
            name: program.name,
            workload: workload,
            nanoseconds: samples.map(\.nanoseconds),
            residentBytesPerOperation: bytes.map { $0 / Int64(workload.operations) },
            waits: WaitDistribution(nanoseconds: samples.flatMap(\.waits))
        )
    }

    private func shrunken(_ workload: Workload) -> Workload {
        var workload = workload
        let fewest = min(workload.operations, max(Self.fewestOperations, workload.tasks))
        workload.operations = max(fewest, workload.operations / shrinking)
        return workload
    }

    private struct Sample {
        let nanoseconds: Int64
        let witness: Int64
        let waits: [Int64]
        let bytes: Int64?
    }

    private func sample(_ program: Program?, _ workload: Workload, _ benchmark: Benchmark) async throws -> Sample? {
        guard let program else { return nil }
        return try await Self.sample(program, workload, benchmark.measuresMemory)
    }

    private static func sample(
        _ program: Program,
        _ workload: Workload,
        _ measuresMemory: Bool
    ) async throws -> Sample {
        let round = try await program.prepare(workload)
        let bytesBefore = measuresMemory ? ResidentMemory.bytes() : nil
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await round()
        let elapsed = start.duration(to: clock.now)
        // The round holds its state until here.
        let bytesAfter = withExtendedLifetime(round) { measuresMemory ? ResidentMemory.bytes() : nil }
        let parts = elapsed.components
        return Sample(
            nanoseconds: max(1, parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000),
            witness: answer.witness,
            waits: answer.waitNanoseconds,
            bytes: bytesBefore.flatMap { before in bytesAfter.map { $0 - before } }
        )
    }
}
