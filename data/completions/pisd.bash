# bash completion of pisd(1): commands, options and their values are what the program itself says of them.

# _pisd_ask WORD ...: what the program that is being completed answers.
_pisd_ask ()
{
  LC_ALL=C.UTF-8 LANGUAGE='' "$_pisd_program" "$@" 2>/dev/null
}

# Below "Commands:" the names of commands, else the options, with = where they take a value.
_pisd_list_commands ()
{
  _pisd_ask --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p'
}

_pisd_list_options ()
{
  _pisd_ask "${_pisd_words[@]}" --help | sed -n 's/^  \(-., \)\?\(--[a-z0-9-]\+=\?\).*/\2/p'
}

# _pisd_describe OPTION: its value and its description, two lines.
_pisd_describe ()
{
  _pisd_ask "${_pisd_words[@]}" --help | sed -n "s/^  $1=\([^ ]*\) */\1\n/p"
}

# The words that a description lists, as in "how: a, b (default) or c".
_pisd_list_choices ()
{
  sed 's/([^)]*)//g; s/,\? or /, /g; s/ \+,/,/g; s/; */\n/g' <<<"$1" | sed 's/.*: \+//' | awk -F ' *, *' '
    { n = 0; while (n < NF && $(n + 1) ~ /^[a-z][a-z0-9-]* *$/) n++ }
    n > 1 && !done { for (i = 1; i <= n; i++) print $i; done = 1 }'
}

# _pisd_list_settings [KEY]: keys, or the choices of one.
_pisd_list_settings ()
{
  _pisd_ask sample --list-settings | awk -v key="$1" '
    NR > 1 && key == "" { print $1 "=" }
    NR > 1 && $1 == key && $4 ~ /\|/ { gsub (/\|/, "\n", $4); print $4 }'
}

# _pisd_offer WORDS: those that begin like the last piece of the word that is typed.
_pisd_offer ()
{
  local head=
  case $cur in *,*) head=${cur%,*}, ;; esac
  mapfile -t COMPREPLY < <(compgen -P "$head" -W "$1" -- "${cur#"$head"}")
  case ${COMPREPLY[0]-} in *=) compopt -o nospace ;; esac
}

# _pisd_put_before HEAD: readline puts an answer in the place of what follows the last break, which = may be or not.
_pisd_put_before ()
{
  case $COMP_WORDBREAKS in *=*) ;; *) COMPREPLY=("${COMPREPLY[@]/#/$1}") ;; esac
}

# _pisd_offer_files ENDING ...: folders, and files with one of these endings; any without one.
_pisd_offer_files ()
{
  local endings
  compopt -o filenames
  endings=$(IFS='|'; echo "$*")
  if [ $# -eq 0 ]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  else
    mapfile -t COMPREPLY < <(shopt -s extglob; compgen -d -- "$cur"; compgen -f -X "!*.@($endings)" -- "$cur")
  fi
}

# _pisd_offer_value OPTION
_pisd_offer_value ()
{
  local said value text
  mapfile -t said < <(_pisd_describe "$1")
  value=${said[0]-} text=${said[1]-}
  case $1:$value in
    --scenario:*) _pisd_offer_files pisd ini png ;;
    --language:*) _pisd_offer 'en de' ;;
    *:*.png | *:*.gif)
      case $text in *.svg*) _pisd_offer_files png svg pdf ;; *) _pisd_offer_files "${value##*.}" png ;; esac ;;
    *:*.npz)
      case $text in *.mat*) _pisd_offer_files npz mat npy ;; *) _pisd_offer_files npz ;; esac ;;
    *:*.[a-z]*) _pisd_offer_files "${value##*.}" ;;
    *:FILE) _pisd_offer_files ;;
    *:KEY=*)
      case $cur in
        *=*)
          local key=${cur%%=*}
          cur=${cur#*=}
          _pisd_offer "$(_pisd_list_settings "$key")"
          _pisd_put_before "$key=" ;;
        *) _pisd_offer "$(_pisd_list_settings)" ;;
      esac ;;
    *) _pisd_offer "$(_pisd_list_choices "$text")" ;;
  esac
}

# What stands alone behind a command.
_pisd_offer_argument ()
{
  case ${_pisd_words[0]} in
    info) _pisd_offer_files npz npy mat h5 hdf5 csv pisd ini lesson png safetensors txt ;;
    lesson)
      _pisd_offer_files lesson
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$(_pisd_ask lesson --list | sed 's/ .*//')" -- "$cur") ;;
    bench) _pisd_offer "$(_pisd_ask bench --list | sed 's/ .*//')" ;;
    lab) [ ${#_pisd_words[@]} -eq 2 ] || _pisd_offer "$(_pisd_ask lab --help | sed -n 's/^Labs: //p' | tr -d ,)" ;;
  esac
}

_pisd ()
{
  # The line is cut at blanks alone: an option keeps its value, whatever COMP_WORDBREAKS says.
  local line=${COMP_LINE:0:COMP_POINT} words cur option
  local _pisd_program _pisd_words=()
  read -ra words <<<"$line"
  case $line in *[[:space:]]) words+=('') ;; esac
  cur=${words[-1]} COMPREPLY=()
  _pisd_program=${words[0]/#\~/$HOME}
  if [ ${#words[@]} -eq 2 ]; then
    _pisd_offer "$(_pisd_list_commands) --help --version"
    return
  fi
  _pisd_words=("${words[1]}")
  case ${words[1]}:${words[2]} in lab:[a-z]*) [ ${#words[@]} -eq 3 ] || _pisd_words+=("${words[2]}") ;; esac
  option=${words[-2]}
  case $cur in
    --*=*)
      option=${cur%%=*} cur=${cur#*=}
      _pisd_offer_value "$option"
      _pisd_put_before "$option="
      return ;;
    -*) _pisd_offer "$(_pisd_list_options)"; return ;;
  esac
  case $option in
    --*=*) ;;
    --*) if [ -n "$(_pisd_describe "$option")" ]; then _pisd_offer_value "$option"; return; fi ;;
  esac
  _pisd_offer_argument
}
complete -F _pisd pisd
