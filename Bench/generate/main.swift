import Boards
import Glibc
import ImageBuilder
import UBoot
import Verifier

/// Builds configs in one process: each is read, planned, written, simulated and verified, and nothing leaves memory.
///
/// usage: generate-bench DIR BOARDS COUNT DOMUS; DIR has the files that the configs name, BOARDS the board `generic`.
/// Prints how many had no error, and seconds of the clock and of processors.
struct GenerateBench: Sendable {
    let folder: String
    let simulation: PlanSimulation
    let domainCount: Int

    init(folder: String, boards: String, domainCount: Int) throws {
        self.folder = folder
        self.domainCount = domainCount
        simulation = PlanSimulation(try Board.named("generic", in: [boards]).description, isGeneric: true)
    }

    /// Dom0 and DomUs; no two configs are the same.
    private func config(_ number: Int) -> String {
        var text = """
            MEMORY_START=0x0
            MEMORY_END=0x100000000
            DEVICE_TREE=virt.dtb
            XEN=xen
            DOM0_KERNEL=Image
            DOM0_RAMDISK=initrd
            DOM0_MEM=\(256 + number)
            UBOOT_SOURCE=boot.source
            NUM_DOMUS=\(domainCount)

            """
        for domain in 0..<domainCount {
            text += """
                DOMU_KERNEL[\(domain)]=Image-2m
                DOMU_RAMDISK[\(domain)]=initrd
                DOMU_MEM[\(domain)]=\(128 + number % 512)
                DOMU_VCPUS[\(domain)]=\(1 + number % 4)
                DOMU_CMD[\(domain)]="console=ttyAMA0 root=/dev/ram0 rdinit=/sbin/init number=\(number)"

                """
        }
        return text
    }

    /// Whether a config gives outputs that boot, without an error.
    func build(_ number: Int) throws -> Bool {
        let variables = try ConfigParser.parse(Array(config(number).utf8), name: "config")
        var options = BuildOptions()
        options.folder = folder
        options.loadCommand = "tftp"
        let result = Builder.build(TypedConfig(variables), options, simulation: simulation)
        guard !result.hasError, let record = result.record, record.handOff != nil else { return false }
        let findings = verify(record, options: VerificationOptions(commands: simulation.description.commands))
        return !findings.contains { $0.severity == .error } && result.outputs.outputs.count == 2
    }

    /// Builds so many, two at a time; how many were good.
    func run(_ count: Int) async -> Int {
        await withTaskGroup(of: Int.self) { group in
            for worker in 0..<2 {
                group.addTask {
                    stride(from: worker, to: count, by: 2).count { (try? build($0)) ?? false }
                }
            }
            return await group.reduce(0, +)
        }
    }

    static func processorSeconds() -> Double {
        Double(clock()) / 1_000_000
    }
}

let words = CommandLine.arguments.dropFirst()
guard words.count == 4, let count = Int(words[3]), let domains = Int(words[4]), count > 0, domains >= 0 else {
    print("usage: generate-bench DIR BOARDS COUNT DOMUS")
    exit(2)
}
let bench = try GenerateBench(folder: words[1], boards: words[2], domainCount: domains)
_ = await bench.run(2)
let start = (ContinuousClock.now, GenerateBench.processorSeconds())
let good = await bench.run(count)
let spent = start.0.duration(to: .now).components
print(good, Double(spent.seconds) + Double(spent.attoseconds) / 1e18, GenerateBench.processorSeconds() - start.1)
