/// The command `blkcache`.
enum BlockCacheCommand {
    static func run(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        switch (call.word(1), call.count) {
        case ("show", 2):
            // Divergence: how often U-Boot finds a block in its cache depends on each of its reads, which are others here.
            machine.print(
                """
                hits: 0
                misses: 0
                entries: 0
                max blocks/entry: \(machine.disks.cache.blocksPerEntry)
                max cache entries: \(machine.disks.cache.entryLimit)

                """)
            return .success
        case ("configure", 4):
            machine.disks.cache.blocksPerEntry = Numbers.parse(call.word(2).bytes[...], radix: nil).value
            machine.disks.cache.entryLimit = Numbers.parse(call.word(3).bytes[...], radix: nil).value
            machine.print(
                "changed to max of \(machine.disks.cache.entryLimit) entries of "
                    + "\(machine.disks.cache.blocksPerEntry) blocks each\n")
            return .success
        default: return .usage
        }
    }
}
