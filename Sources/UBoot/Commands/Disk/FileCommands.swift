/// The commands for files on disks.
enum FileCommands {
    static let all: [CommandDefinition] = reading + writing

    private static let writing: [CommandDefinition] = [
        CommandDefinition(
            "fatwrite", minimumArguments: 2, maximumArguments: 7, isRepeatable: false,
            summary: "write file into a dos filesystem",
            usage: """
                <interface> <dev[:part]> <addr> <filename> [<bytes> [<offset>]]
                    - write file 'filename' from the address 'addr' in RAM
                      to 'dev' on 'interface'
                """,
            body: { call, machine in try FileWriting.write(call, &machine, .fat) }),
        CommandDefinition(
            "save", minimumArguments: 2, maximumArguments: 7, isRepeatable: false, summary: "save file to a filesystem",
            usage: """
                <interface> <dev[:part]> <addr> <filename> bytes [pos]
                    - Save binary file 'filename' to partition 'part' on device
                      type 'interface' instance 'dev' from addr 'addr' in memory.
                      'bytes' gives the size to save in bytes and is mandatory.
                      'pos' gives the file byte position to start writing to.
                      If 'pos' is 0 or omitted, the file is written from the start.
                """,
            body: { call, machine in try FileWriting.write(call, &machine, nil) }),
        CommandDefinition(
            "fatmkdir", minimumArguments: 2, maximumArguments: 4, summary: "create a directory",
            usage: """
                <interface> [<dev[:part]>] <directory>
                    - create a directory in 'dev' on 'interface'
                """,
            body: { call, machine in FileWriting.makeFolder(call, &machine) }),
        CommandDefinition(
            "fatrm", minimumArguments: 2, maximumArguments: 4, summary: "delete a file",
            usage: """
                <interface> [<dev[:part]>] <filename>
                    - delete a file from 'dev' on 'interface'
                """,
            body: { call, machine in FileWriting.remove(call, &machine) }),
        CommandDefinition(
            "ln", minimumArguments: 2, maximumArguments: 5, summary: "Create a symbolic link",
            usage: """
                <interface> <dev[:part]> target linkname
                    - create a symbolic link to 'target' with the name 'linkname' on
                      device type 'interface' instance 'dev'.
                """,
            body: { call, machine in FileWriting.link(call, &machine) }),
    ]

    private static let reading: [CommandDefinition] = [
        CommandDefinition(
            "ext2load", minimumArguments: 2, maximumArguments: 6, isRepeatable: false,
            summary: "load binary file from a Ext2 filesystem",
            usage: """
                <interface> [<dev[:part]> [addr [filename [bytes [pos]]]]]
                    - load binary file 'filename' from 'dev' on 'interface'
                      to address 'addr' from ext2 filesystem.
                """,
            body: { call, machine in try FileLoad.run(call, &machine, .ext) }),
        CommandDefinition(
            "ext2ls", minimumArguments: 2, maximumArguments: 4, summary: "list files in a directory (default /)",
            usage: """
                <interface> <dev[:part]> [directory]
                    - list files from 'dev' on 'interface' in a 'directory'
                """,
            body: { call, machine in FileListing.run(call, &machine, .ext) }),
        CommandDefinition(
            "ext4load", minimumArguments: 2, maximumArguments: 7, isRepeatable: false,
            summary: "load binary file from a Ext4 filesystem",
            usage: """
                <interface> [<dev[:part]> [addr [filename [bytes [pos]]]]]
                    - load binary file 'filename' from 'dev' on 'interface'
                      to address 'addr' from ext4 filesystem
                """,
            body: { call, machine in try FileLoad.run(call, &machine, .ext) }),
        CommandDefinition(
            "ext4ls", minimumArguments: 2, maximumArguments: 4, summary: "list files in a directory (default /)",
            usage: """
                <interface> <dev[:part]> [directory]
                    - list files from 'dev' on 'interface' in a 'directory'
                """,
            body: { call, machine in FileListing.run(call, &machine, .ext) }),
        CommandDefinition(
            "ext4size", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
            summary: "determine a file's size",
            usage: """
                <interface> <dev[:part]> <filename>
                    - Find file 'filename' from 'dev' on 'interface'
                      and determine its size.
                """,
            body: { call, machine in FileSizes.run(call, &machine, .ext) }),
        CommandDefinition(
            "fatinfo", maximumArguments: 3, summary: "print information about filesystem",
            usage: """
                <interface> [<dev[:part]>]
                    - print information about filesystem from 'dev' on 'interface'
                """,
            body: { call, machine in FileSystemQueries.fatInfo(call, &machine) }),
        CommandDefinition(
            "fatload", minimumArguments: 2, maximumArguments: 7, isRepeatable: false,
            summary: "load binary file from a dos filesystem",
            usage: """
                <interface> [<dev[:part]> [<addr> [<filename> [bytes [pos]]]]]
                    - Load binary file 'filename' from 'dev' on 'interface'
                      to address 'addr' from dos filesystem.
                      'pos' gives the file position to start loading from.
                      If 'pos' is omitted, 0 is used. 'pos' requires 'bytes'.
                      'bytes' gives the size to load. If 'bytes' is 0 or omitted,
                      the load stops on end of file.
                      If either 'pos' or 'bytes' are not aligned to
                      ARCH_DMA_MINALIGN then a misaligned buffer warning will
                      be printed and performance will suffer for the load.
                """,
            body: { call, machine in try FileLoad.run(call, &machine, .fat) }),
        CommandDefinition(
            "fatls", minimumArguments: 2, maximumArguments: 4, summary: "list files in a directory (default /)",
            usage: """
                <interface> [<dev[:part]>] [directory]
                    - list files from 'dev' on 'interface' in a 'directory'
                """,
            body: { call, machine in FileListing.run(call, &machine, .fat) }),
        CommandDefinition(
            "fatsize", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
            summary: "determine a file's size",
            usage: """
                <interface> <dev[:part]> <filename>
                    - Find file 'filename' from 'dev' on 'interface'
                      and determine its size.
                """,
            body: { call, machine in FileSizes.run(call, &machine, .fat) }),
        CommandDefinition(
            "fstype", minimumArguments: 2, maximumArguments: 4, summary: "Look up a filesystem type",
            usage: """
                <interface> <dev>:<part>
                - print filesystem type
                fstype <interface> <dev>:<part> <varname>
                - set environment variable to filesystem type

                """,
            body: { call, machine in FileSystemQueries.type(call, &machine) }),
        CommandDefinition(
            "fstypes", maximumArguments: 1, summary: "List supported filesystem types",
            usage: "",
            body: { call, machine in FileSystemQueries.types(call, &machine) }),
        CommandDefinition(
            "fsuuid", maximumArguments: 4, summary: "Look up a filesystem UUID",
            usage: """
                <interface> <dev>:<part>
                    - print filesystem UUID
                fsuuid <interface> <dev>:<part> <varname>
                    - set environment variable to filesystem UUID

                """,
            body: { call, machine in FileSystemQueries.uuid(call, &machine) }),
        CommandDefinition(
            "load", minimumArguments: 2, maximumArguments: 7, isRepeatable: false,
            summary: "load binary file from a filesystem",
            usage: """
                <interface> [<dev[:part]> [<addr> [<filename> [bytes [pos]]]]]
                    - Load binary file 'filename' from partition 'part' on device
                       type 'interface' instance 'dev' to address 'addr' in memory.
                      'bytes' gives the size to load in bytes.
                      If 'bytes' is 0 or omitted, the file is read until the end.
                      'pos' gives the file byte position to start reading from.
                      If 'pos' is 0 or omitted, the file is read from the start.
                """,
            body: { call, machine in try FileLoad.run(call, &machine, nil) }),
        CommandDefinition(
            "ls", minimumArguments: 2, maximumArguments: 4, summary: "list files in a directory (default /)",
            usage: """
                <interface> [<dev[:part]> [directory]]
                    - List files in directory 'directory' of partition 'part' on
                      device type 'interface' instance 'dev'.
                """,
            body: { call, machine in FileListing.run(call, &machine, nil) }),
        CommandDefinition(
            "size", minimumArguments: 2, maximumArguments: 4, isRepeatable: false, summary: "determine a file's size",
            usage: """
                <interface> <dev[:part]> <filename>
                    - Find file 'filename' from 'dev' on 'interface'
                      and determine its size.
                """,
            body: { call, machine in FileSizes.run(call, &machine, nil) }),
    ]
}
