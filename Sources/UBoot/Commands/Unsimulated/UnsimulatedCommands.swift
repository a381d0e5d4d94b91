/// Commands that boards have and ibtest does not execute: they are found, abbreviated and explained as U-Boot does it.
enum UnsimulatedCommands {
    static let all = [disks, network, images, system, storage, board].flatMap { $0 }
}
