# bash completion of pisd-explorer(1): its options, and files that it opens.
_pisd_explorer ()
{
  local cur=${COMP_WORDS[COMP_CWORD]}
  case $cur in
    -*) mapfile -t COMPREPLY < <(compgen -W "$("$1" --help-all 2>/dev/null | grep -o '^  \(-., \)\?--[a-z-]*' | sed 's/.*--/--/')" -- "$cur") ;;
    *)
      compopt -o filenames
      mapfile -t COMPREPLY < <(shopt -s extglob
        compgen -d -- "$cur"
        compgen -f -X '!*.@(pisd|ini|lesson|npz|npy|mat|h5|hdf5|csv|png|safetensors)' -- "$cur") ;;
  esac
}
complete -F _pisd_explorer pisd-explorer
